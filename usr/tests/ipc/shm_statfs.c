#include "tests.h"
#include <sys/vfs.h>

/* statfs(2) of /dev/shm: a tmpfs has a size, and files take from it. */
int main(void)
{
	enum { SIZE = 1 << 20 };
	struct statfs before, with;
	char name[64], *map;
	int fd;

	snprintf(name, sizeof(name), "/tests-statfs-%d", getpid());
	CHECK(statfs("/dev/shm", &before) == 0 && before.f_type == 0x01021994);
	CHECK(before.f_blocks > 0 && before.f_bfree > 0 && before.f_bavail <= before.f_bfree && before.f_bfree <= before.f_blocks);
	CHECK((fd = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600)) >= 0 && ftruncate(fd, SIZE) == 0);
	CHECK((map = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0)) != MAP_FAILED);
	memset(map, 1, SIZE);
	CHECK(fstatfs(fd, &with) == 0 && with.f_blocks == before.f_blocks && with.f_bfree < with.f_blocks);
	CHECK(shm_unlink(name) == 0);
	return check_status();
}
