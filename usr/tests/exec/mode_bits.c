/* One execute bit of anybody lets root execute, none does not. */
#include "run.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	alarm(20);
	enter_scratch("exec-mode_bits");

	put("f", "text", 4, 0644);
	CHECK(exec_errno("./f") == EACCES);
	CHECK(chmod("f", 0100) == 0);
	CHECK(exec_errno("./f") == ENOEXEC || exec_errno("./f") == EACCES);
	CHECK(chmod("f", 0755) == 0);
	CHECK(exec_errno("./f") == ENOEXEC);
	return check_status();
}
