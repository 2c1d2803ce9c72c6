/* Scripts that are each other's interpreters are ELOOP. */
#include "run.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	alarm(20);
	enter_scratch("exec-script_loop");

	put("a", "#!./b\n", 6, 0755);
	put("b", "#!./a\n", 6, 0755);
	put("self", "#!./self\n", 9, 0755);
	CHECK(exec_errno("./a") == ELOOP);
	CHECK(exec_errno("./self") == ELOOP);
	return check_status();
}
