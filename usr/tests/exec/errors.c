/* execve of what is not there, not executable, a directory, and through a file. */
#include "run.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	alarm(20);
	enter_scratch("exec-errors");

	put("text", "hello\n", 6, 0644);
	CHECK(exec_errno("./none") == ENOENT);
	CHECK(exec_errno("./text") == EACCES);
	CHECK(exec_errno(".") == EACCES);
	CHECK(exec_errno("./text/x") == ENOTDIR);
	CHECK(exec_errno("") == ENOENT);
	return check_status();
}
