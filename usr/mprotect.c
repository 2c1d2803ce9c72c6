/* mprotect: rights are real, ranges split and join, and data under them stays. The last write must be SIGSEGV. */
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

static const char *can_read(volatile unsigned char *at)
{
	return sigsetjmp(back, 1) ? "no" : (*at, "yes");
}

static const char *can_write(volatile unsigned char *at)
{
	return sigsetjmp(back, 1) ? "no" : ((*at = *at), "yes");
}

static const char *can_execute(unsigned char *at)
{
	return sigsetjmp(back, 1) ? "no" : (((void (*)(void))(uintptr_t)at)(), "yes");
}

static void show(const char *what, unsigned char *at)
{
	printf("%s: read %s, write %s, execute %s\n", what, can_read(at), can_write(at), can_execute(at));
}

int main(void)
{
	unsigned char *area = mmap(NULL, 16 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (area == MAP_FAILED)
		check_fatal("mmap");
	signal(SIGSEGV, on_fault);
	for (int i = 0; i < 16; i++)
		area[i * PAGE_SIZE] = 0xc3; /* ret */
	show("read, write", area);
	CHECK(mprotect(area + 4 * PAGE_SIZE, PAGE_SIZE, PROT_READ) == 0);
	show("read", area + 4 * PAGE_SIZE);
	show("the page before", area + 3 * PAGE_SIZE);
	show("the page behind", area + 5 * PAGE_SIZE);
	CHECK(mprotect(area + 6 * PAGE_SIZE, PAGE_SIZE, PROT_NONE) == 0);
	show("none", area + 6 * PAGE_SIZE);
	CHECK(mprotect(area + 7 * PAGE_SIZE, PAGE_SIZE, PROT_READ | PROT_EXEC) == 0);
	show("read, execute", area + 7 * PAGE_SIZE);
	CHECK(mprotect(area + 8 * PAGE_SIZE, PAGE_SIZE, PROT_READ | PROT_WRITE | PROT_EXEC) == 0);
	show("all", area + 8 * PAGE_SIZE);
	CHECK(mprotect(area, 16 * PAGE_SIZE, PROT_READ | PROT_WRITE) == 0);
	show("read, write again", area + 6 * PAGE_SIZE);
	CHECK(area[6 * PAGE_SIZE] == 0xc3);
	/* A page that was never touched when it got its rights. */
	area = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(mprotect(area + PAGE_SIZE, PAGE_SIZE, PROT_READ) == 0);
	CHECK(area[PAGE_SIZE] == 0);
	printf("untouched: read %s, write %s\n", can_read(area + PAGE_SIZE), can_write(area + PAGE_SIZE));
	SHOW(mprotect(area + 1, PAGE_SIZE, PROT_READ));
	SHOW(mprotect(area, 1, PROT_READ));
	SHOW(mprotect((void *)0x10000, PAGE_SIZE, PROT_READ));
	SHOW(mprotect(area, 0, PROT_READ));
	/* The kernel respects the rights too. */
	SHOW(read(open("/dev/zero", 0), area, 16));

	check_status();
	fflush(stdout);
	signal(SIGSEGV, SIG_DFL);
	*(volatile unsigned char *)area = 1;
	puts("mprotect() BUG!");
	return 1;
}
