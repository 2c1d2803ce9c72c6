#include "tests.h"
#include <sys/ipc.h>
#include <sys/sem.h>

/* SEM_UNDO: what a process did is taken back when it ends; SETVAL forgets. */
static int id;

static int taker(void *unused)
{
	struct sembuf take = {0, -1, SEM_UNDO};

	(void)unused;
	return semop(id, &take, 1);
}

int main(void)
{
	union semun { int val; } one = {1};
	struct sembuf take = {0, -1, SEM_UNDO};
	pid_t child;

	alarm(20);
	CHECK((id = semget(IPC_PRIVATE, 1, 0600)) >= 0);
	CHECK(semctl(id, 0, SETVAL, one) == 0);
	CHECK(wait_for(start_child(taker, NULL)) == 0);
	CHECK(semctl(id, 0, GETVAL) == 1);
	child = fork();
	if (child == 0) {
		kill(getpid(), semop(id, &take, 1) == 0 ? SIGKILL : SIGTERM);
		_exit(1);
	}
	CHECK(wait_for(child) == 128 + SIGKILL);
	CHECK(semctl(id, 0, GETVAL) == 1);
	CHECK(semctl(id, 0, IPC_RMID) == 0);
	return check_status();
}
