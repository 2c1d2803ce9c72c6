/* setns(2) of what is no namespace; unshare of nothing and of what one thread may. */
#include "tests.h"

int main(void)
{
	int fd = open("/dev/null", O_RDONLY);

	CHECK(setns(fd, 0) == -1 && errno == EINVAL);
	CHECK(setns(fd, CLONE_NEWNET) == -1 && errno == EINVAL);
	CHECK(setns(-1, 0) == -1 && errno == EBADF);
	CHECK(unshare(0) == 0);
	CHECK(unshare(CLONE_FS | CLONE_FILES | CLONE_SYSVSEM) == 0);
	CHECK(unshare(CLONE_THREAD) == 0 && unshare(CLONE_SIGHAND) == 0 && unshare(CLONE_VM) == 0);
	CHECK(unshare(CLONE_PARENT) == -1 && errno == EINVAL);
	return check_status();
}
