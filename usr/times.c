/* Clocks that do not run backwards, sleeps that last, alarms and interval timers that fire, EINTR and SA_RESTART. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/times.h>
#include <time.h>

#include "check.h"

static volatile sig_atomic_t alarms;

static void on_alarm(int sig)
{
	alarms += sig == SIGALRM;
}

static int64_t now_ns(clockid_t clock)
{
	struct timespec now;

	return clock_gettime(clock, &now) == 0 ? now.tv_sec * 1000000000L + now.tv_nsec : -1;
}

static void monotonic(clockid_t clock, const char *name)
{
	int64_t last = now_ns(clock);
	int backwards = 0;

	for (int i = 0; i < 2000; i++) {
		int64_t next = now_ns(clock);

		backwards += next < last;
		last = next;
	}
	printf("%s: %s, %d times backwards\n", name, last > 0 ? "runs" : "stands", backwards);
}

static void sleeping(void)
{
	struct timespec ten_ms = { 0, 10000000 }, bad = { 0, 1000000000 }, until = { 0, 1 }; /* long past */
	int64_t start = now_ns(CLOCK_MONOTONIC);

	CHECK(nanosleep(&ten_ms, NULL) == 0 && now_ns(CLOCK_MONOTONIC) - start >= 10000000);
	CHECK(usleep(1000) == 0);
	CHECK(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == 0);
	SHOW(nanosleep(&bad, NULL));
	CHECK(clock_nanosleep(99, 0, &ten_ms, NULL) == EINVAL);
}

static void alarms_and_timers(void)
{
	struct sigaction action = { .sa_handler = on_alarm };
	struct itimerval every = { { 0, 5000 }, { 0, 5000 } }, off = { { 0, 0 }, { 0, 0 } }, left;
	struct timespec long_time = { 20, 0 }, rest = { 0, 0 };

	sigaction(SIGALRM, &action, NULL);
	CHECK(setitimer(ITIMER_REAL, &every, NULL) == 0);
	while (alarms < 5)
		pause();
	CHECK(getitimer(ITIMER_REAL, &left) == 0 && left.it_interval.tv_usec == 5000);
	while (alarms < 8)
		; /* the signal comes to a program that makes no system call, too */
	CHECK(setitimer(ITIMER_REAL, &off, NULL) == 0);
	alarms = 0;
	every.it_interval.tv_usec = 0;
	setitimer(ITIMER_REAL, &every, NULL);
	CHECK(nanosleep(&long_time, &rest) == -1 && errno == EINTR && alarms == 1 && rest.tv_sec >= 18);
	CHECK(alarm(100) == 0);
	CHECK(alarm(0) >= 99);
}

static void interrupted_read(void)
{
	struct itimerval once = { { 0, 0 }, { 0, 200000 } };
	char byte;
	int fds[2];

	alarms = 0;
	CHECK(pipe(fds) == 0 && setitimer(ITIMER_REAL, &once, NULL) == 0);
	SHOW(read(fds[0], &byte, 1));
	CHECK(alarms == 1);
}

static void cpu_time(void)
{
	struct rusage usage;
	struct tms tms;
	volatile unsigned long spin = 0;
	int64_t start = now_ns(CLOCK_PROCESS_CPUTIME_ID);

	while (now_ns(CLOCK_PROCESS_CPUTIME_ID) - start < 3000000 && spin < 4000000000UL)
		spin++;
	CHECK(getrusage(RUSAGE_SELF, &usage) == 0 && usage.ru_utime.tv_sec < 1000 && usage.ru_maxrss > 0);
	CHECK(times(&tms) != -1 && clock() >= 0);
	CHECK(now_ns(CLOCK_PROCESS_CPUTIME_ID) > start);
}

static void calendar(void)
{
	time_t then = 1234567890;
	struct tm tm;
	char text[64];

	CHECK(time(NULL) > 1600000000 && labs(time(NULL) - now_ns(CLOCK_REALTIME) / 1000000000) <= 1);
	gmtime_r(&then, &tm);
	strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S %A", &tm);
	puts(text);
	CHECK(timegm(&tm) == then);
	SHOW(clock_gettime(99, &(struct timespec){ 0 }));
	SHOW(clock_getres(CLOCK_MONOTONIC, NULL));
}

int main(int argc, char **argv)
{
	monotonic(CLOCK_MONOTONIC, "CLOCK_MONOTONIC");
	monotonic(CLOCK_REALTIME, "CLOCK_REALTIME");
	monotonic(CLOCK_MONOTONIC_RAW, "CLOCK_MONOTONIC_RAW");
	monotonic(CLOCK_MONOTONIC_COARSE, "CLOCK_MONOTONIC_COARSE");
	monotonic(CLOCK_BOOTTIME, "CLOCK_BOOTTIME");
	monotonic(CLOCK_PROCESS_CPUTIME_ID, "CLOCK_PROCESS_CPUTIME_ID");
	monotonic(CLOCK_THREAD_CPUTIME_ID, "CLOCK_THREAD_CPUTIME_ID");
	sleeping();
	alarms_and_timers();
	interrupted_read();
	cpu_time();
	calendar();
	check_status();
	fflush(stdout);
	if (argc > 1 && strcmp(argv[1], "die") == 0) {
		struct itimerval once = { { 0, 0 }, { 0, 20000 } };

		signal(SIGALRM, SIG_DFL);
		setitimer(ITIMER_REAL, &once, NULL);
		for (;;)
			; /* killed while computing */
	}
	return check_failures ? 1 : 0;
}
