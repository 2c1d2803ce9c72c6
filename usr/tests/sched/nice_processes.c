#include "sched.h"

/* nice(2) between processes on one CPU: the nicest one gets far less than the other. */
static volatile unsigned long work;
static volatile int report;

static void tell(int signal)
{
	unsigned long mine = work;

	(void)signal;
	_exit(write(report, &mine, sizeof(mine)) != sizeof(mine));
}

static pid_t spinner(int nice_value, int *from)
{
	int ends[2];
	pid_t child;

	CHECK(pipe(ends) == 0);
	child = fork();
	if (child == 0) {
		report = ends[1];
		signal(SIGTERM, tell);
		setpriority(PRIO_PROCESS, 0, nice_value);
		for (;;)
			work++;
	}
	*from = ends[0];
	close(ends[1]);
	return child;
}

int main(void)
{
	struct timespec second = {1, 500000000};
	unsigned long done[2] = {0, 0};
	int from[2];
	pid_t children[2];

	alarm(60);
	pin();
	for (int i = 0; i < 2; i++)
		children[i] = spinner(i * 19, &from[i]);
	nanosleep(&second, NULL);
	for (int i = 0; i < 2; i++) {
		kill(children[i], SIGTERM);
		CHECK(read(from[i], &done[i], sizeof(done[i])) == sizeof(done[i]));
		CHECK(wait_for(children[i]) == 0);
	}
	CHECK(done[0] / 5 > done[1]);
	if (getenv("SHOW_RATIO"))
		printf("%.1f : 1\n", (double)done[0] / (done[1] ? done[1] : 1));
	return check_status();
}
