#include "tests.h"
#include <sys/select.h>

/* select(2): three sets, the count, EBADF, and the time that is left. */
int main(void)
{
	int p[2], q[2];
	fd_set r, w, e;
	struct timeval tv = {0, 0};

	alarm(20);
	CHECK(pipe(p) == 0 && pipe(q) == 0);
	FD_ZERO(&r);
	FD_ZERO(&w);
	FD_ZERO(&e);
	FD_SET(p[0], &r);
	FD_SET(q[0], &r);
	FD_SET(p[1], &w);
	FD_SET(p[0], &e);
	CHECK(select(q[1] + 1, &r, &w, &e, &tv) == 1);
	CHECK(!FD_ISSET(p[0], &r) && !FD_ISSET(q[0], &r) && FD_ISSET(p[1], &w) && !FD_ISSET(p[0], &e));
	CHECK(write(q[1], "x", 1) == 1);
	FD_SET(p[0], &r);
	FD_SET(q[0], &r);
	tv.tv_sec = 10;
	CHECK(select(q[1] + 1, &r, NULL, NULL, &tv) == 1 && FD_ISSET(q[0], &r) && !FD_ISSET(p[0], &r));
	CHECK(tv.tv_sec == 9 || tv.tv_sec == 10);
	FD_ZERO(&r);
	FD_SET(p[0], &r);
	close(p[1]);
	CHECK(select(p[0] + 1, &r, NULL, NULL, NULL) == 1);
	FD_ZERO(&e);
	FD_SET(p[0], &e);
	tv = (struct timeval){0, 1000};
	CHECK(select(p[0] + 1, NULL, NULL, &e, &tv) == 0 && tv.tv_sec == 0 && tv.tv_usec == 0);
	close(p[0]);
	FD_SET(p[0], &r);
	CHECK(select(p[0] + 1, &r, NULL, NULL, &tv) == -1 && errno == EBADF);
	CHECK(select(-1, NULL, NULL, NULL, &tv) == -1 && errno == EINVAL);
	tv.tv_sec = -1;
	CHECK(select(0, NULL, NULL, NULL, &tv) == -1 && errno == EINVAL);
	return check_status();
}
