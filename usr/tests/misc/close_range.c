#include "tests.h"
#include <linux/close_range.h>

/* close_range(2): closes what is open between two numbers, or marks it. */
int main(void)
{
	int i;

	for (i = 50; i < 60; i++)
		dup2(0, i);
	CHECK(close_range(52, 54, 0) == 0);
	CHECK(fcntl(51, F_GETFD) == 0 && fcntl(52, F_GETFD) == -1 && fcntl(54, F_GETFD) == -1 && fcntl(55, F_GETFD) == 0);
	CHECK(close_range(56, ~0U, CLOSE_RANGE_CLOEXEC) == 0);
	CHECK(fcntl(55, F_GETFD) == 0 && fcntl(57, F_GETFD) == FD_CLOEXEC);
	CHECK(close_range(60, 50, 0) == -1 && errno == EINVAL);
	CHECK(close_range(50, 60, 0x100) == -1 && errno == EINVAL);
	CHECK(close_range(50, ~0U, 0) == 0 && fcntl(50, F_GETFD) == -1);
	return check_status();
}
