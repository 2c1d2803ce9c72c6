#include "file.h"

/* flock(2): between open file descriptions, also of one process. */
int main(void)
{
	enter_empty("flock");
	put("f", "");
	int a = open("f", O_RDWR), b = open("f", O_RDONLY), c = dup(a);
	CHECK(flock(a, LOCK_EX) == 0 && flock(c, LOCK_EX | LOCK_NB) == 0);
	FAILS(flock(b, LOCK_SH | LOCK_NB), EWOULDBLOCK);
	CHECK(flock(a, LOCK_SH) == 0 && flock(b, LOCK_SH | LOCK_NB) == 0);
	FAILS(flock(a, LOCK_EX | LOCK_NB), EWOULDBLOCK);
	CHECK(flock(b, LOCK_UN) == 0 && flock(a, LOCK_EX | LOCK_NB) == 0);
	CHECK(close(a) == 0);
	FAILS(flock(b, LOCK_EX | LOCK_NB), EWOULDBLOCK);
	CHECK(close(c) == 0 && flock(b, LOCK_EX | LOCK_NB) == 0);
	FAILS(flock(b, 0), EINVAL);
	FAILS(flock(-1, LOCK_EX), EBADF);
	return check_status();
}
