#include "tests.h"
#include <sys/ipc.h>
#include <sys/shm.h>

/* A segment is inherited over fork and counted; another process finds it by its key; the end of a process detaches. */
static key_t key;

static int child(void *segment)
{
	volatile int *shared = segment;
	int id = shmget(key, 4096, 0600);
	volatile int *mine = shmat(id, NULL, 0);

	if (mine == (void *)-1 || mine[0] != 17)
		return 1;
	shared[1] = 18;
	mine[2] = 19;
	return 0;
}

int main(void)
{
	struct shmid_ds ds;
	volatile int *shared;
	int id;

	alarm(20);
	key = 0x53480000 ^ getpid();
	CHECK((id = shmget(key, 4096, IPC_CREAT | IPC_EXCL | 0600)) >= 0);
	CHECK(shmget(key, 8192, 0600) == -1 && errno == EINVAL);
	CHECK((shared = shmat(id, NULL, 0)) != (void *)-1);
	shared[0] = 17;
	CHECK(wait_for(start_child(child, (void *)shared)) == 0);
	CHECK(shared[1] == 18 && shared[2] == 19);
	CHECK(shmctl(id, IPC_STAT, &ds) == 0 && ds.shm_nattch == 1);
	CHECK(shmctl(id, IPC_RMID, NULL) == 0 && shmget(key, 4096, 0600) == -1 && errno == ENOENT);
	CHECK(shmdt((void *)shared) == 0);
	return check_status();
}
