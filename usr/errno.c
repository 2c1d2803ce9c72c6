/* System calls with arguments that cannot be right: each answers with Linux's errno and changes nothing. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>

#include "check.h"

#define CALL(...) check_show(syscall(__VA_ARGS__), #__VA_ARGS__)
#define BAD ((void *)8)
#define HIGH ((void *)0xffff800000000000)
#define WILD ((void *)0x123456789000)

static void pointers(void)
{
	CALL(SYS_read, 0, BAD, 0);
	CALL(SYS_write, 1, WILD, 10);
	CALL(SYS_write, 1, HIGH, 10);
	CALL(SYS_open, WILD, O_RDONLY);
	CALL(SYS_open, HIGH, O_RDONLY);
	CALL(SYS_stat, "/", WILD);
	CALL(SYS_getcwd, WILD, 100);
	CALL(SYS_uname, WILD);
	CALL(SYS_gettimeofday, WILD, NULL);
	CALL(SYS_clock_gettime, CLOCK_REALTIME, WILD);
	CALL(SYS_nanosleep, WILD, NULL);
	CALL(SYS_rt_sigaction, SIGUSR1, WILD, NULL, 8);
	CALL(SYS_rt_sigprocmask, SIG_BLOCK, WILD, NULL, 8);
	CALL(SYS_readlink, "/proc/self/exe", WILD, 100);
	CALL(SYS_getdents64, open("/", O_RDONLY), WILD, 100);
	CALL(SYS_prlimit64, 0, 3, NULL, WILD);
	CALL(SYS_sigaltstack, WILD, NULL);
}

static void numbers(void)
{
	CALL(SYS_mmap, 0, -1UL, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CALL(SYS_munmap, 0x7fffffffffff, 4096);
	CALL(SYS_mprotect, 0, 4096, 0xff);
	CALL(SYS_lseek, 1000000, 0, 0);
	CALL(SYS_lseek, -1, 0, 0);
	CALL(SYS_dup2, 0, 1 << 30);
	CALL(SYS_fcntl, 0, F_SETFD, 0);
	CALL(SYS_ioctl, 1000, 0x5401, 0);
	CALL(SYS_rt_sigprocmask, 77, "12345678", NULL, 8);
	CALL(SYS_rt_sigprocmask, 0, "12345678", NULL, 7);
	CALL(SYS_kill, 0x7fffffff, SIGUSR1);
	CALL(SYS_tgkill, -1, -1, SIGUSR1);
	CALL(SYS_setitimer, 99, NULL, NULL);
	CALL(SYS_prctl, 99999, 0, 0, 0, 0);
	CALL(SYS_arch_prctl, 0x1002, 0xffff800000000000);
	CALL(SYS_arch_prctl, 0x9999, 0);
	CALL(SYS_getpriority, 99, 0);
	CALL(SYS_getrusage, 55, NULL);
	CALL(SYS_openat, AT_FDCWD, "/tmp/x", 0xffffffff & ~O_CREAT, 0);
	CALL(SYS_fadvise64, 1000, 0, 0, 0);
	CALL(SYS_access, "/", 0xff);
	CALL(SYS_wait4, -1, NULL, 0, NULL);
	CALL(SYS_set_robust_list, BAD, 7);
	CALL(SYS_futex, 1, 1, 1, NULL, NULL, 0);
	CALL(SYS_sched_getaffinity, 0, 1, BAD);
	CALL(1000);
	CALL(-1);
	CALL(0x7fffffff);
}

/* A buffer of which only the first part is mapped. */
static void partly_mapped(void)
{
	char *page = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int fds[2];

	CHECK(munmap(page + PAGE_SIZE, PAGE_SIZE) == 0 && pipe(fds) == 0);
	CHECK(write(fds[1], "12345678", 8) == 8);
	memcpy(page + PAGE_SIZE - 8, "/dev/nul", 8); /* no end */
	SHOW(open(page + PAGE_SIZE - 8, O_RDONLY));
	CHECK(read(fds[0], page + PAGE_SIZE - 8, 8) == 8);
	CHECK(memcmp(page + PAGE_SIZE - 8, "12345678", 8) == 0);
}

int main(void)
{
	pointers();
	numbers();
	partly_mapped();
	return check_status();
}
