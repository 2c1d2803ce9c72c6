#include "file.h"

/* POSIX ACLs: none is set; where there are none, EOPNOTSUPP. */
int main(void)
{
	char buffer[64];
	enter_empty("acl");
	put("f", "x");
	CHECK(getxattr("f", "system.posix_acl_access", buffer, sizeof buffer) == -1 && (errno == ENODATA || errno == EOPNOTSUPP));
	CHECK(getxattr("f", "system.posix_acl_default", buffer, sizeof buffer) == -1 && (errno == ENODATA || errno == EOPNOTSUPP));
	CHECK(listxattr("f", buffer, sizeof buffer) >= 0);
	FAILS(setxattr("f", "system.nonsense", "x", 1, 0), EOPNOTSUPP);
	return check_status();
}
