#include "tests.h"

/* User and group ids: real, effective and saved agree; -1 changes nothing. */
int main(void)
{
	uid_t ruid, euid, suid;
	gid_t rgid, egid, sgid;

	CHECK(getresuid(&ruid, &euid, &suid) == 0 && getuid() == ruid && geteuid() == euid);
	CHECK(getresgid(&rgid, &egid, &sgid) == 0 && getgid() == rgid && getegid() == egid);
	CHECK(setresuid(-1, -1, -1) == 0 && getuid() == ruid);
	CHECK(setresgid(-1, -1, -1) == 0 && getgid() == rgid);
	CHECK(setreuid(-1, -1) == 0);
	CHECK(setuid(getuid()) == 0);
	CHECK(syscall(SYS_getresuid, nowhere, nowhere, nowhere) == -1 && errno == EFAULT);
	CHECK(getgroups(-1, NULL) == -1 && errno == EINVAL);
	CHECK(getgroups(0, NULL) >= 0);
	return check_status();
}
