/* Without no_new_privs, an ordinary user may not install filters. */
#include "filter.h"

int main(void)
{
	struct sock_filter good[] = {RETURN(SECCOMP_RET_ALLOW)};

	if (geteuid() == 0)
		setuid(1234);
	CHECK(install_flags(good, 1, 0) == -1 && errno == EACCES);
	CHECK(give_up_privileges() == 0);
	CHECK(install_flags(good, 1, 0) == 0);
	CHECK(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1);
	return check_status();
}
