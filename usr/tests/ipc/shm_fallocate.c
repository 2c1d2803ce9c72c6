/* fallocate(2) of memory: posix_fallocate before it is mapped, holes, seals; shm_overview(7), memfd_create(2). */
#include "tests.h"
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

static long size_of(int fd)
{
	struct stat stat;
	return fstat(fd, &stat) == 0 ? (long)stat.st_size : -1;
}

static int are(const char *from, int value, long count)
{
	while (count > 0 && *from == value)
		from++, count--;
	return count == 0;
}

int main(void)
{
	char name[64];
	snprintf(name, sizeof(name), "/tests-fallocate-%d", getpid());
	int shm = shm_open(name, O_CREAT | O_EXCL | O_RDWR, 0600), fd = memfd_create("f", MFD_ALLOW_SEALING);
	CHECK(shm >= 0 && shm_unlink(name) == 0);
	CHECK(posix_fallocate(shm, 0, 10976) == 0 && size_of(shm) == 10976);
	CHECK(posix_fallocate(shm, 100, 200) == 0 && size_of(shm) == 10976);
	char *at = mmap(NULL, 10976, PROT_READ | PROT_WRITE, MAP_SHARED, shm, 0);
	CHECK(at != MAP_FAILED && are(at, 0, 10976));

	CHECK(fallocate(fd, 0, 4096, 16384) == 0 && size_of(fd) == 20480);
	CHECK(fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, 100000) == 0 && size_of(fd) == 20480);
	at = mmap(NULL, 20480, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	CHECK(at != MAP_FAILED);
	memset(at, 'x', 20480);
	CHECK(fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 4000, 9000) == 0 && size_of(fd) == 20480);
	CHECK(are(at, 'x', 4000) && are(at + 4000, 0, 9000) && are(at + 13000, 'x', 7480));
	CHECK(fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 10, 20) == 0);
	CHECK(are(at, 'x', 10) && are(at + 10, 0, 20) && are(at + 30, 'x', 3970));
	CHECK(fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 20000, 100000) == 0 && size_of(fd) == 20480);
	CHECK(are(at + 13000, 'x', 7000) && are(at + 20000, 0, 480));

	CHECK(fallocate(fd, 0, 0, 0) == -1 && errno == EINVAL);
	CHECK(fallocate(fd, 0, -1, 10) == -1 && errno == EINVAL);
	CHECK(fallocate(fd, FALLOC_FL_COLLAPSE_RANGE, 0, 4096) == -1 && errno == EOPNOTSUPP);
	CHECK(fcntl(fd, F_ADD_SEALS, F_SEAL_GROW) == 0);
	CHECK(fallocate(fd, 0, 0, 20481) == -1 && errno == EPERM);
	CHECK(fallocate(fd, 0, 0, 20480) == 0);
	CHECK(munmap(at, 20480) == 0 && fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE) == 0);
	CHECK(fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, 4096) == -1 && errno == EPERM);
	return check_status();
}
