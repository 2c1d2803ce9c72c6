/* A script whose interpreter is not there is ENOENT; one that may not be executed is EACCES. */
#include "run.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	alarm(20);
	enter_scratch("exec-script_without_interpreter");

	put("a", "#!/none/such\n", 13, 0755);
	put("b", "#!./plain\n", 10, 0755);
	put("plain", "x", 1, 0644);
	CHECK(exec_errno("./a") == ENOENT);
	CHECK(exec_errno("./b") == EACCES);
	return check_status();
}
