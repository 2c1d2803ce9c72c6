/* /proc/sys/kernel: what uname says, pid_max, hostname, random ids. */
#include "text.h"

#include <sys/utsname.h>


int main(int argc, char **argv)
{
	(void)argc; (void)argv;

	struct utsname name;
	char *text;

	CHECK(uname(&name) == 0);
	text = text_of("/proc/sys/kernel/ostype");
	CHECK(strncmp(text, name.sysname, strlen(name.sysname)) == 0);
	text = text_of("/proc/sys/kernel/osrelease");
	CHECK(strncmp(text, name.release, strlen(name.release)) == 0);
	text = text_of("/proc/sys/kernel/hostname");
	CHECK(strncmp(text, name.nodename, strlen(name.nodename)) == 0);
	CHECK(atoi(text_of("/proc/sys/kernel/pid_max")) > 300);
	CHECK(strlen(text_of("/proc/sys/kernel/random/boot_id")) == 37);
	CHECK(strlen(text_of("/proc/sys/kernel/random/uuid")) == 37);
	CHECK(atoi(text_of("/proc/sys/kernel/ngroups_max")) == 65536);
	CHECK(atoi(text_of("/proc/sys/kernel/cap_last_cap")) >= 36);
	return check_status();
}
