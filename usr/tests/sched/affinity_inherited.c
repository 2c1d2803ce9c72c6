#include "sched.h"

/* Affinity goes to threads, children and through execve, can be set for another process, and getcpu(2) keeps to it. */
static int cpu_now(void)
{
	unsigned cpu = 9999;

	return syscall(SYS_getcpu, &cpu, NULL, NULL) == 0 ? (int)cpu : -1;
}

static void *thread(void *argument)
{
	return (void *)(long)(cpu_now() == *(int *)argument);
}

int main(int argc, char **argv)
{
	cpu_set_t set;
	int cpu, ends[2], one = 1;
	pthread_t id;
	void *is_same;
	pid_t child;

	alarm(20);
	if (argc > 1)
		return cpu_now() == atoi(argv[1]) ? 5 : 6;
	CHECK(pipe(ends) == 0);
	child = fork();
	if (child == 0) {
		read(ends[0], &cpu, sizeof(cpu));
		for (int i = 0; i < 1000; i++)
			one &= cpu_now() == cpu;
		_exit(one ? 4 : 3);
	}
	cpu = pin();
	for (int i = 0; i < 1000; i++)
		one &= cpu_now() == cpu;
	CHECK(one);
	CHECK(pthread_create(&id, NULL, thread, &cpu) == 0 && pthread_join(id, &is_same) == 0 && is_same != NULL);
	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	CHECK(sched_setaffinity(child, sizeof(set), &set) == 0);
	CHECK(write(ends[1], &cpu, sizeof(cpu)) == sizeof(cpu));
	CHECK(wait_for(child) == 4);
	child = fork();
	if (child == 0) {
		char text[12];

		snprintf(text, sizeof(text), "%d", cpu);
		reexec(argv[0], text, NULL);
	}
	CHECK(wait_for(child) == 5);
	return check_status();
}
