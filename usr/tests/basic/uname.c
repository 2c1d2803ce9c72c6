#include "tests.h"
#include <sys/utsname.h>

/* uname(2): a Linux of some release on x86_64; EFAULT for a bad pointer. */
int main(void)
{
	struct utsname name;

	CHECK(uname(&name) == 0);
	CHECK(strcmp(name.sysname, "Linux") == 0);
	CHECK(strcmp(name.machine, "x86_64") == 0);
	CHECK(name.release[0] >= '3' && name.release[0] <= '9');
	CHECK(strlen(name.nodename) > 0);
	CHECK(syscall(SYS_uname, nowhere) == -1 && errno == EFAULT);
	return check_status();
}
