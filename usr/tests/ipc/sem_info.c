#include "tests.h"
#include <sys/ipc.h>
#include <sys/sem.h>

/* IPC_INFO, SEM_INFO, SEM_STAT, IPC_SET. */
union semun { int val; struct semid_ds *buf; struct seminfo *info; };

int main(void)
{
	struct seminfo info;
	struct semid_ds ds;
	union semun u;
	int id, highest, i, found = 0;

	alarm(20);
	CHECK((id = semget(IPC_PRIVATE, 4, 0640)) >= 0);
	u.info = &info;
	CHECK(semctl(0, 0, IPC_INFO, u) >= 0 && info.semmsl >= 250 && info.semopm >= 32 && info.semvmx == 32767);
	CHECK((highest = semctl(0, 0, SEM_INFO, u)) >= 0 && info.semusz >= 1 && info.semaem >= 4);
	u.buf = &ds;
	for (i = 0; i <= highest; i++)
		if (semctl(i, 0, SEM_STAT, u) == id)
			found = ds.sem_nsems;
	CHECK(found == 4);
	CHECK(semctl(id, 0, IPC_STAT, u) == 0);
	ds.sem_perm.mode = 0600;
	CHECK(semctl(id, 0, IPC_SET, u) == 0);
	memset(&ds, 0, sizeof ds);
	CHECK(semctl(id, 0, IPC_STAT, u) == 0 && (ds.sem_perm.mode & 0777) == 0600 && ds.sem_ctime != 0);
	CHECK(semctl(id, 0, IPC_RMID) == 0);
	CHECK(semctl(id, 0, 999) == -1 && errno == EINVAL);
	return check_status();
}
