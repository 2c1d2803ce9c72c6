#include "tests.h"
#include <sys/ipc.h>
#include <sys/sem.h>

/* Two processes take turns by two semaphores, 200 times. */
static int id;

static int other(void *unused)
{
	struct sembuf take = {0, -1, 0}, give = {1, 1, 0};
	int i;

	(void)unused;
	alarm(20);
	for (i = 0; i < 200; i++)
		if (semop(id, &take, 1) != 0 || semop(id, &give, 1) != 0)
			return 1;
	return 0;
}

int main(void)
{
	struct sembuf give = {0, 1, 0}, take = {1, -1, 0};
	int i, good = 0;
	pid_t child;

	alarm(20);
	CHECK((id = semget(IPC_PRIVATE, 2, 0600)) >= 0);
	child = start_child(other, NULL);
	for (i = 0; i < 200; i++)
		good += semop(id, &give, 1) == 0 && semop(id, &take, 1) == 0;
	CHECK(good == 200 && wait_for(child) == 0);
	CHECK(semctl(id, 0, IPC_RMID) == 0);
	return check_status();
}
