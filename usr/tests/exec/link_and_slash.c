/* execve follows symbolic links; a slash at the end needs a directory. */
#include "run.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	alarm(20);
	enter_scratch("exec-link_and_slash");

	put("f", "text", 4, 0755);
	CHECK(symlink("f", "l") == 0 && symlink("m", "m") == 0);
	CHECK(exec_errno("./l") == ENOEXEC);
	CHECK(exec_errno("./m") == ELOOP);
	CHECK(exec_errno("./f/") == ENOTDIR);
	return check_status();
}
