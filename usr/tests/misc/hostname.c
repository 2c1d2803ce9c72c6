#include "tests.h"
#include <linux/capability.h>
#include <sys/utsname.h>

/* sethostname(2), setdomainname(2): what uname says, within 64 bytes, for those who may. */
int main(void)
{
	struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
	struct __user_cap_data_struct none[2] = {{0, 0, 0}, {0, 0, 0}};
	static char longest[65];
	struct utsname name;
	char text[80];
	int fd;

	alarm(20);
	/* on a host, in a name space of one's own; a node's names are its programs' alone */
	(void)!unshare(geteuid() == 0 ? CLONE_NEWUTS : CLONE_NEWUSER | CLONE_NEWUTS);
	CHECK(sethostname("changed", 7) == 0 && uname(&name) == 0 && strcmp(name.nodename, "changed") == 0);
	CHECK(gethostname(text, sizeof(text)) == 0 && strcmp(text, "changed") == 0);
	CHECK(setdomainname("domain", 6) == 0 && uname(&name) == 0 && strcmp(name.domainname, "domain") == 0);
	fd = open("/proc/sys/kernel/hostname", O_RDONLY);
	CHECK(read(fd, text, sizeof(text)) == 8 && memcmp(text, "changed\n", 8) == 0);
	memset(longest, 'x', sizeof(longest));
	CHECK(sethostname(longest, 64) == 0 && uname(&name) == 0 && strlen(name.nodename) == 64);
	CHECK(sethostname(longest, 65) == -1 && errno == EINVAL);
	CHECK(sethostname(longest, -1) == -1 && errno == EINVAL);
	CHECK(sethostname((void *)8, 4) == -1 && errno == EFAULT);
	CHECK(syscall(SYS_capset, &header, none) == 0);
	CHECK(sethostname("no", 2) == -1 && errno == EPERM);
	CHECK(setdomainname("no", 2) == -1 && errno == EPERM);
	return check_status();
}
