#include "tests.h"

/* close_range(2). */
int main(void)
{
	int i;

	alarm(20);
	for (i = 3; i < 64; i++)
		close(i);
	for (i = 10; i < 20; i++)
		dup2(1, i);
	CHECK(syscall(SYS_close_range, 12, 14, 0) == 0);
	CHECK(fcntl(11, F_GETFD) == 0 && fcntl(12, F_GETFD) == -1 && fcntl(14, F_GETFD) == -1 && fcntl(15, F_GETFD) == 0);
	CHECK(syscall(SYS_close_range, 15, 16, 4) == 0);
	CHECK(fcntl(15, F_GETFD) == FD_CLOEXEC && fcntl(16, F_GETFD) == FD_CLOEXEC && fcntl(17, F_GETFD) == 0);
	CHECK(syscall(SYS_close_range, 17, ~0U, 0) == 0 && fcntl(19, F_GETFD) == -1);
	CHECK(syscall(SYS_close_range, 5, 4, 0) == -1 && errno == EINVAL);
	CHECK(syscall(SYS_close_range, 5, 6, 1) == -1 && errno == EINVAL);
	return check_status();
}
