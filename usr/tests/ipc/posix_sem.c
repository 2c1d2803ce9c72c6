#include "tests.h"
#include <semaphore.h>

/* sem_open(3) between processes, sem_timedwait(3), sem_unlink(3). */
static char name[64];

static int child(void *unused)
{
	sem_t *sem = sem_open(name, 0);
	int i;

	(void)unused;
	alarm(20);
	if (sem == SEM_FAILED)
		return 1;
	for (i = 0; i < 10; i++)
		if (sem_wait(sem) != 0)
			return 2;
	return 0;
}

int main(void)
{
	struct timespec soon;
	sem_t *sem;
	pid_t pid;
	int i, value = -1;

	alarm(20);
	sprintf(name, "/lego-sem-%d", getpid());
	CHECK((sem = sem_open(name, O_CREAT | O_EXCL, 0600, 1)) != SEM_FAILED);
	CHECK(sem_getvalue(sem, &value) == 0 && value == 1);
	CHECK(sem_trywait(sem) == 0 && sem_trywait(sem) == -1 && errno == EAGAIN);
	clock_gettime(CLOCK_REALTIME, &soon);
	CHECK(sem_timedwait(sem, &soon) == -1 && errno == ETIMEDOUT);
	pid = start_child(child, NULL);
	for (i = 0; i < 10; i++)
		CHECK(sem_post(sem) == 0);
	CHECK(wait_for(pid) == 0);
	CHECK(sem_getvalue(sem, &value) == 0 && value == 0);
	CHECK(sem_close(sem) == 0 && sem_unlink(name) == 0);
	CHECK(sem_open(name, 0) == SEM_FAILED && errno == ENOENT);
	return check_status();
}
