/* Identity and limits, after LegoOS's usr/general: one line per call. */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

static void print_time_of_day(void)
{
	struct timeval now;

	if (gettimeofday(&now, NULL) != 0) {
		perror("gettimeofday");
		return;
	}
	printf("gettimeofday(): tv_sec: %ld, tv_usec: %ld\n", (long)now.tv_sec, (long)now.tv_usec);
}

int main(void)
{
	struct utsname name;
	struct rlimit stack;
	int tid_word;

	printf("pid: %d\n", getpid());
	print_time_of_day();
	printf("time(NULL): %ld\n", (long)time(NULL));

	if (uname(&name) == 0)
		printf("uname():\n  sysname: %s\n  nodename: %s\n  release: %s\n  version: %s\n  machine: %s\n",
		       name.sysname, name.nodename, name.release, name.version, name.machine);
	if (getrlimit(RLIMIT_STACK, &stack) == 0)
		printf("getrlimit(): RLIMIT_STACK, cur: %ld, max: %ld\n", (long)stack.rlim_cur, (long)stack.rlim_max);
	printf("set_tid_address(): return tgid: %ld\n", syscall(SYS_set_tid_address, &tid_word));
	print_time_of_day();
	return 0;
}
