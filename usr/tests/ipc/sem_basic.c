#include "tests.h"
#include <sys/ipc.h>
#include <sys/sem.h>

/* semget(2), semctl(2), semop(2) without waiting; their errnos. */
union semun { int val; struct semid_ds *buf; unsigned short *array; };

int main(void)
{
	int id = semget(IPC_PRIVATE, 3, IPC_CREAT | 0600);
	unsigned short values[3] = {5, 6, 7}, back[3];
	struct sembuf two[2] = {{0, -2, 0}, {1, 3, 0}}, no[2] = {{0, 1, 0}, {2, -8, IPC_NOWAIT}}, far = {3, 1, 0}, zero = {2, 0, IPC_NOWAIT};
	struct semid_ds ds;
	union semun u;

	alarm(20);
	CHECK(id >= 0);
	u.array = values;
	CHECK(semctl(id, 0, SETALL, u) == 0);
	CHECK(semop(id, two, 2) == 0);
	CHECK(semctl(id, 0, GETVAL) == 3 && semctl(id, 1, GETVAL) == 9);
	CHECK(semctl(id, 0, GETPID) == getpid());
	CHECK(semop(id, no, 2) == -1 && errno == EAGAIN);
	CHECK(semctl(id, 0, GETVAL) == 3);
	CHECK(semop(id, &zero, 1) == -1 && errno == EAGAIN);
	u.val = 0;
	CHECK(semctl(id, 2, SETVAL, u) == 0 && semop(id, &zero, 1) == 0);
	u.array = back;
	CHECK(semctl(id, 0, GETALL, u) == 0 && back[0] == 3 && back[1] == 9 && back[2] == 0);
	CHECK(semop(id, &far, 1) == -1 && errno == EFBIG);
	CHECK(semop(id, two, 0) == -1 && errno == EINVAL);
	CHECK(semop(id, two, 501) == -1 && errno == E2BIG);
	CHECK(semop(-1, two, 1) == -1 && errno == EINVAL);
	u.val = 32768;
	CHECK(semctl(id, 0, SETVAL, u) == -1 && errno == ERANGE);
	two[0].sem_op = 32767;
	CHECK(semop(id, two, 1) == -1 && errno == ERANGE);
	CHECK(semctl(id, 5, GETVAL) == -1 && errno == EINVAL);
	u.buf = &ds;
	CHECK(semctl(id, 0, IPC_STAT, u) == 0 && ds.sem_nsems == 3 && ds.sem_otime != 0 && (ds.sem_perm.mode & 0777) == 0600);
	CHECK(semctl(id, 0, IPC_RMID) == 0);
	CHECK(semctl(id, 0, GETVAL) == -1 && (errno == EINVAL || errno == EIDRM));
	CHECK(semget(IPC_PRIVATE, 0, IPC_CREAT | 0600) == -1 && errno == EINVAL);
	CHECK(semget(IPC_PRIVATE, -1, IPC_CREAT | 0600) == -1 && errno == EINVAL);
	return check_status();
}
