/* A file that is open for writing cannot be executed. */
#include "run.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	alarm(20);
	enter_scratch("exec-text_busy");

	put("f", "#!/none\n", 8, 0755);
	int fd = open("f", O_WRONLY);
	CHECK(exec_errno("./f") == ETXTBSY || exec_errno("./f") == ENOENT);
	close(fd);
	CHECK(exec_errno("./f") == ENOENT);
	return check_status();
}
