/*
 * What a program sees of a storage node that dies and comes back. Reads a line of stdin between the parts: "outage DIR" writes in DIR,
 * maps a file, says "ready"; after the next line says what each call gives without the node, after the next one what it gives with it.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE 4096
#define MAPPED (512 * PAGE)

static sigjmp_buf out;
static char path[512];

static const char *in(const char *directory, const char *name)
{
	snprintf(path, sizeof path, "%s/%s", directory, name);
	return path;
}

static void report(const char *what, long result)
{
	printf("%s: %s\n", what, result < 0 ? strerror(errno) : "fine");
	fflush(stdout);
}

static void bus_error(int signal)
{
	siglongjmp(out, signal);
}

/* Touches a page; -1 with EIO when that is SIGBUS. */
static int touch(volatile char *page)
{
	if (sigsetjmp(out, 1)) {
		errno = EIO;
		return -1;
	}
	return *page == 'x' ? 0 : 1;
}

/* Who wants to go on without a disk has the program's own pages in memory: a page that cannot be fetched is SIGBUS. */
static void read_in(const char *name)
{
	static char buffer[65536];
	int fd = open(name, O_RDONLY);
	while (fd >= 0 && read(fd, buffer, sizeof buffer) > 0)
		;
	close(fd);
}

static void next_part(void)
{
	char line[80];
	ssize_t n = read(0, line, sizeof line);
	if (n <= 0)
		exit(2);
}

static int child_counts(void)
{
	int status, pipes[2];
	char buffer[8];
	if (pipe(pipes))
		return -1;
	pid_t child = fork();
	if (child == 0) {
		char *memory = malloc(1 << 20);
		memset(memory, 1, 1 << 20);
		_exit(write(pipes[1], "alive", 5) != 5);
	}
	int fine = read(pipes[0], buffer, sizeof buffer) == 5;
	waitpid(child, &status, 0);
	close(pipes[0]);
	close(pipes[1]);
	return fine && status == 0 ? 0 : -1;
}

int main(int argc, char **argv)
{
	const char *directory = argc > 1 ? argv[1] : ".";
	char block[PAGE];
	struct stat stat;
	signal(SIGBUS, bus_error);
	read_in("/proc/self/exe");
	memset(block, 'x', sizeof block);
	int fd = open(in(directory, "data"), O_CREAT | O_TRUNC | O_RDWR, 0644);
	for (int i = 0; i < MAPPED / PAGE; i++)
		if (write(fd, block, PAGE) != PAGE)
			return 1;
	fsync(fd);
	close(fd);
	fd = open(in(directory, "data"), O_RDWR);
	int written = open(in(directory, "written"), O_CREAT | O_TRUNC | O_RDWR, 0644);
	volatile char *memory = mmap(NULL, MAPPED, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	int cold = open(in(directory, "cold"), O_RDONLY);
	volatile char *never = mmap(NULL, MAPPED, PROT_READ, MAP_SHARED, cold, 0);
	if (fd < 0 || written < 0 || memory == MAP_FAILED || never == MAP_FAILED || write(written, block, PAGE) != PAGE || fsync(written))
		return 1;
	int kept = open("/dev/shm/outage", O_CREAT | O_RDWR, 0600);
	memory[0] = 'y';
	printf("ready\n");
	fflush(stdout);
	next_part();

	report("page that was touched", memory[0] == 'y' ? 0 : -1);
	report("page of a file nobody has read", touch(never + 100 * PAGE));
	report("read of a file nobody has read", pread(cold, block, PAGE, 200 * PAGE));
	memory[1] = 'z';
	report("msync", msync((void *)memory, PAGE, MS_SYNC));
	long done = pwrite(written, block, PAGE, PAGE);
	report("write and fsync", done < 0 ? -1 : fsync(written));
	report("open", open(in(directory, "other"), O_CREAT | O_RDWR, 0644));
	report("stat", lstat(in(directory, "data"), &stat));
	report("shared memory file", write(kept, block, PAGE));
	report("child", child_counts());
	printf("waiting\n");
	fflush(stdout);
	next_part();

	report("stat again", lstat(in(directory, "data"), &stat));
	report("open again", open(in(directory, "other"), O_CREAT | O_RDWR, 0644));
	report("page again", touch(never + 100 * PAGE));
	report("read again", pread(cold, block, PAGE, 200 * PAGE));
	report("msync again", msync((void *)memory, PAGE, MS_SYNC));
	done = pwrite(written, block, PAGE, PAGE);
	report("write and fsync again", done < 0 ? -1 : fsync(written));
	report("close again", close(written));
	printf("over\n");
	return 0;
}
