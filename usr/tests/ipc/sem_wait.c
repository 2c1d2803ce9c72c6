#include "tests.h"
#include <sys/ipc.h>
#include <sys/sem.h>

/* A process waits until another adds; GETNCNT counts it; removal wakes with EIDRM; time-outs and signals end the wait. */
static int id;

static int waiter(void *argument)
{
	struct sembuf take = {0, -3, 0};

	(void)argument;
	alarm(20);
	if (semop(id, &take, 1) != 0)
		return 1;
	return semop(id, &take, 1) == -1 && errno == EIDRM ? 0 : 2;
}

static void handler(int signal)
{
	(void)signal;
}

int main(void)
{
	struct sembuf add = {0, 1, 0}, take = {0, -1, 0};
	struct timespec soon = {0, 10000000}, bad = {0, 1000000000};
	struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
	struct itimerval timer = {{0, 10000}, {0, 10000}}; /* again: the first may come before the wait */
	pid_t child;
	int i;

	alarm(20);
	CHECK((id = semget(IPC_PRIVATE, 1, 0600)) >= 0);
	CHECK(semtimedop(id, &take, 1, &soon) == -1 && errno == EAGAIN);
	CHECK(semtimedop(id, &take, 1, &bad) == -1 && errno == EINVAL);
	child = start_child(waiter, NULL);
	while (semctl(id, 0, GETNCNT) != 1)
		sched_yield();
	for (i = 0; i < 3; i++)
		CHECK(semop(id, &add, 1) == 0);
	while (semctl(id, 0, GETVAL) != 0 || semctl(id, 0, GETNCNT) != 1)
		sched_yield();
	alarm(0);
	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &timer, NULL);
	CHECK(semop(id, &take, 1) == -1 && errno == EINTR);
	CHECK(semctl(id, 0, IPC_RMID) == 0);
	CHECK(wait_for(child) == 0);
	return check_status();
}
