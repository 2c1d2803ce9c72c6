/* An interpreter name that does not end within 255 bytes is ENOEXEC. */
#include "run.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	alarm(20);
	enter_scratch("exec-long_script_line");

	char line[400];

	memset(line, 'x', sizeof(line));
	memcpy(line, "#!/", 3);
	line[399] = '\n';
	put("long", line, sizeof(line), 0755);
	CHECK(exec_errno("./long") == ENOEXEC);
	line[250] = '\n';
	put("fits", line, 251, 0755);
	CHECK(exec_errno("./fits") == ENOENT || exec_errno("./fits") == ENAMETOOLONG);
	return check_status();
}
