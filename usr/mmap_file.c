/*
 * Files in memory: private mappings, ends of files, offsets and refusals; "shared": also shared mappings and their
 * write-back; "writes": also that a shared mapping shows what write() does to its file.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>

#include "check.h"

static sigjmp_buf back;

static void on_fault(int sig)
{
	siglongjmp(back, sig);
}

static int make_file(void)
{
	int fd = open("mapped", O_RDWR | O_CREAT | O_TRUNC, 0600);

	for (int i = 0; i < 2560; i++)
		if (write(fd, &i, sizeof(i)) != sizeof(i))
			check_fatal("write");
	return fd; /* two and a half pages */
}

static void private_mapping(int fd)
{
	int *map = mmap(NULL, 3 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0), value, word = 0;

	CHECK(map != MAP_FAILED && map[0] == 0 && map[2559] == 2559);
	CHECK(map[2560] == 0 && map[3071] == 0); /* behind the end, same page */
	map[5] = -5;
	CHECK(pread(fd, &word, 4, 20) == 4 && word == 5);
	word = 777;
	CHECK(pwrite(fd, &word, 4, 20) == 4 && map[5] == -5);
	CHECK(munmap(map, 3 * PAGE_SIZE) == 0);
	map = mmap(NULL, PAGE_SIZE, PROT_READ, MAP_PRIVATE, fd, PAGE_SIZE);
	CHECK(map != MAP_FAILED && map[0] == 1024);
	value = sigsetjmp(back, 1);
	if (!value)
		*(volatile int *)map = 1;
	printf("write to a PROT_READ mapping: signal %d\n", value);
	munmap(map, PAGE_SIZE);
}

static void shared_mapping(int fd, int with_writes)
{
	int *map = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	int value, word = 0;

	if (!CHECK(map != MAP_FAILED))
		return;
	map[7] = -7;
	CHECK(msync(map, 4 * PAGE_SIZE, MS_SYNC) == 0);
	CHECK(pread(fd, &word, 4, 28) == 4 && word == -7);
	word = 888;
	if (with_writes)
		CHECK(pwrite(fd, &word, 4, 32) == 4 && map[8] == 888);
	value = sigsetjmp(back, 1);
	if (!value)
		printf("%d\n", *(volatile int *)((char *)map + 3 * PAGE_SIZE));
	printf("read behind the last page of the file: signal %d\n", value);
	map[9] = -9;
	CHECK(munmap(map, 4 * PAGE_SIZE) == 0);
	CHECK(pread(fd, &word, 4, 36) == 4 && word == -9);
}

static void refusals(int fd)
{
	int reader = open("mapped", O_RDONLY), writer = open("mapped", O_WRONLY);

#define MAP(length, prot, flags, fd, offset) (mmap(NULL, length, prot, flags, fd, offset) == MAP_FAILED ? -1 : 0)
	SHOW(MAP(0, PROT_READ, MAP_PRIVATE, fd, 0));
	SHOW(MAP(4096, PROT_READ, MAP_PRIVATE, fd, 1));
	SHOW(MAP(4096, PROT_READ, MAP_PRIVATE, 99, 0));
	SHOW(MAP(4096, PROT_READ, 0, fd, 0));
	SHOW(MAP(4096, PROT_WRITE, MAP_SHARED, reader, 0));
	SHOW(MAP(4096, PROT_WRITE, MAP_PRIVATE, reader, 0));
	SHOW(MAP(4096, PROT_READ, MAP_PRIVATE, writer, 0));
	SHOW(MAP(1UL << 60, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
	SHOW(mmap((void *)12345, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED ? -1 : 0);
}

static void shared_anonymous(void)
{
	volatile int *map = mmap(NULL, 8 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	CHECK(map != MAP_FAILED && map[100] == 0);
	map[100] = 1;
	CHECK(map[100] == 1);
}

int main(int argc, char **argv)
{
	int fd;

	enter_scratch("mmap_file");
	signal(SIGSEGV, on_fault);
	signal(SIGBUS, on_fault);
	fd = make_file();
	private_mapping(fd);
	refusals(fd);
	shared_anonymous();
	if (argc > 1)
		shared_mapping(fd, strcmp(argv[1], "writes") == 0);
	return check_status();
}
