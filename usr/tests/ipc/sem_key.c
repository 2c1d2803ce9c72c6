#include "tests.h"
#include <sys/ipc.h>
#include <sys/sem.h>

/* Keys: one set a key, IPC_EXCL, too large a set, a key without set. */
int main(void)
{
	key_t key = 0x4c450000 ^ getpid();
	int id;

	alarm(20);
	CHECK(semget(key, 1, 0600) == -1 && errno == ENOENT);
	CHECK((id = semget(key, 2, IPC_CREAT | 0600)) >= 0);
	CHECK(semget(key, 2, IPC_CREAT | 0600) == id);
	CHECK(semget(key, 0, 0) == id);
	CHECK(semget(key, 3, 0600) == -1 && errno == EINVAL);
	CHECK(semget(key, 2, IPC_CREAT | IPC_EXCL | 0600) == -1 && errno == EEXIST);
	CHECK(semctl(id, 0, IPC_RMID) == 0);
	CHECK(semget(key, 1, 0600) == -1 && errno == ENOENT);
	return check_status();
}
