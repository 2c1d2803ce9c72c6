#include "tests.h"
#include <sys/ipc.h>
#include <sys/shm.h>

/* IPC_INFO, SHM_INFO, SHM_STAT, IPC_SET. */
int main(void)
{
	struct shmid_ds ds;
	struct shminfo limits;
	struct shm_info usage;
	int id, highest, i, found = 0;

	alarm(20);
	CHECK((id = shmget(IPC_PRIVATE, 5000, 0640)) >= 0);
	CHECK(shmctl(0, IPC_INFO, (void *)&limits) >= 0 && limits.shmmin == 1 && limits.shmmni >= 128 && limits.shmmax >= 1 << 25);
	CHECK((highest = shmctl(0, SHM_INFO, (void *)&usage)) >= 0 && usage.used_ids >= 1 && usage.shm_tot >= 2);
	for (i = 0; i <= highest; i++)
		if (shmctl(i, SHM_STAT, &ds) == id)
			found = ds.shm_segsz;
	CHECK(found == 5000);
	CHECK(shmctl(id, IPC_STAT, &ds) == 0);
	ds.shm_perm.mode = 0600;
	CHECK(shmctl(id, IPC_SET, &ds) == 0);
	CHECK(shmctl(id, IPC_STAT, &ds) == 0 && (ds.shm_perm.mode & 0777) == 0600);
	CHECK(shmctl(id, IPC_RMID, NULL) == 0);
	CHECK(shmctl(id, 999, &ds) == -1 && errno == EINVAL);
	return check_status();
}
