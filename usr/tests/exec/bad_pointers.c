/* Argument vectors outside the program are EFAULT. */
#include "run.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	alarm(20);
	enter_scratch("exec-bad_pointers");

	char *argv_bad[] = {"x", (char *)8, NULL};

	CHECK(execve("/proc/self/exe", argv_bad, NULL) == -1 && errno == EFAULT);
	CHECK(execve((const char *)8, NULL, NULL) == -1 && errno == EFAULT);
	CHECK(execve("/proc/self/exe", (char **)16, NULL) == -1 && errno == EFAULT);
	return check_status();
}
