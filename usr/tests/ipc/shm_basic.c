#include "tests.h"
#include <sys/ipc.h>
#include <sys/shm.h>

/* shmget(2), shmat(2), shmdt(2), shmctl(2): attach twice, read-only, at an address; status; removal waits for the last. */
int main(void)
{
	struct shmid_ds ds;
	int id = shmget(IPC_PRIVATE, 10000, IPC_CREAT | 0600);
	char *a, *b, *c, *fixed;

	alarm(20);
	CHECK(id >= 0);
	CHECK((a = shmat(id, NULL, 0)) != (void *)-1 && ((unsigned long)a & 4095) == 0);
	CHECK(a[0] == 0 && a[9999] == 0);
	strcpy(a, "shared");
	CHECK((b = shmat(id, NULL, SHM_RDONLY)) != (void *)-1 && b != a && strcmp(b, "shared") == 0);
	strcpy(a + 8192, "third page");
	CHECK(strcmp(b + 8192, "third page") == 0);
	CHECK(shmctl(id, IPC_STAT, &ds) == 0 && ds.shm_segsz == 10000 && ds.shm_nattch == 2 && ds.shm_cpid == getpid());
	fixed = mmap(NULL, 1 << 20, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	munmap(fixed, 1 << 20);
	CHECK(shmat(id, fixed + 1, 0) == (void *)-1 && errno == EINVAL);
	CHECK((c = shmat(id, fixed + 4097, SHM_RND)) == fixed + 4096 && strcmp(c, "shared") == 0);
	CHECK(shmat(id, a, 0) == (void *)-1 && errno == EINVAL);
	CHECK(shmdt(b) == 0 && shmdt(b) == -1 && errno == EINVAL);
	CHECK(shmctl(id, IPC_RMID, NULL) == 0);
	CHECK(strcmp(a, "shared") == 0);
	CHECK(shmctl(id, IPC_STAT, &ds) == 0 && ds.shm_nattch == 2 && (ds.shm_perm.mode & SHM_DEST));
	CHECK(shmdt(a) == 0 && shmdt(c) == 0);
	CHECK(shmctl(id, IPC_STAT, &ds) == -1 && (errno == EINVAL || errno == EIDRM));
	CHECK(shmget(IPC_PRIVATE, 0, IPC_CREAT | 0600) == -1 && errno == EINVAL);
	CHECK(shmat(-1, NULL, 0) == (void *)-1 && errno == EINVAL);
	return check_status();
}
