/* A directory without search permission keeps an ordinary user out. */
#include "run.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	alarm(20);
	enter_scratch("exec-no_search");

	put("f", "text", 4, 0755);
	CHECK(mkdir("d", 0755) == 0 && rename("f", "d/f") == 0);
	CHECK(chmod("d", 0) == 0);
	int got = exec_errno("./d/f");
	CHECK(got == (geteuid() == 0 ? ENOEXEC : EACCES));
	CHECK(chmod("d", 0755) == 0);
	return check_status();
}
