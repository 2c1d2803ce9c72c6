/* Executable files that are no programs are ENOEXEC. */
#include "run.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	alarm(20);
	enter_scratch("exec-not_a_program");

	put("empty", "", 0, 0755);
	put("text", "hello\n", 6, 0755);
	put("short", "\177ELF", 4, 0755);
	put("noline", "#!\n", 3, 0755);
	put("blanks", "#!   \n", 6, 0755);
	CHECK(exec_errno("./empty") == ENOEXEC);
	CHECK(exec_errno("./text") == ENOEXEC);
	CHECK(exec_errno("./short") == ENOEXEC);
	CHECK(exec_errno("./noline") == ENOEXEC);
	CHECK(exec_errno("./blanks") == ENOEXEC);
	return check_status();
}
