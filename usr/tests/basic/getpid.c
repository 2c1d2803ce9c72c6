#include "tests.h"

/* getpid(2), getppid(2), gettid(2): positive, stable, and the same thread for a program of one thread. */
int main(void)
{
	CHECK(getpid() > 0);
	CHECK(getpid() == getpid());
	CHECK(getppid() >= 0);
	CHECK(syscall(SYS_gettid) == getpid());
	return check_status();
}
