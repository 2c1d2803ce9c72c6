/* Arguments of more than a quarter of the stack are E2BIG, and the program lives on. */
#include "run.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	alarm(20);
	enter_scratch("exec-too_many_arguments");

	enum { COUNT = 2000 };
	static char *arguments[COUNT + 2];
	char *big = malloc(4096);

	memset(big, 'a', 4095);
	big[4095] = 0;
	arguments[0] = "/proc/self/exe";
	for (int i = 1; i <= COUNT; i++)
		arguments[i] = big;
	CHECK(execv("/proc/self/exe", arguments) == -1 && errno == E2BIG);
	big = malloc(200000);
	memset(big, 'a', 199999);
	big[199999] = 0;
	char *one[] = {"x", big, NULL};
	CHECK(execv("/proc/self/exe", one) == -1 && errno == E2BIG);
	return check_status();
}
