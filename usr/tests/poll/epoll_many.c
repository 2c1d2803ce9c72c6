#include "tests.h"
#include <sys/epoll.h>
#include <sys/resource.h>

enum { WANTED = 2000, SPARE = 16 };

/* epoll_wait(2) gives all that is ready in one call when there is room for it, however much that is. */
int main(void)
{
	static struct epoll_event out[2 * WANTED];
	static char seen[WANTED];
	struct rlimit limit;
	struct epoll_event e = {.events = EPOLLIN};
	int ep = epoll_create1(0), p[2], added = 0, different = 0;

	alarm(30);
	CHECK(getrlimit(RLIMIT_NOFILE, &limit) == 0);
	limit.rlim_cur = limit.rlim_max;
	CHECK(setrlimit(RLIMIT_NOFILE, &limit) == 0);
	int files = limit.rlim_max < WANTED + SPARE ? (int)limit.rlim_max - SPARE : WANTED;
	CHECK(pipe(p) == 0 && write(p[1], "x", 1) == 1);
	for (int i = 0; i < files; i++) {
		e.data.u32 = i;
		added += epoll_ctl(ep, EPOLL_CTL_ADD, dup(p[0]), &e) == 0;
	}
	CHECK(added == files);
	CHECK(epoll_wait(ep, out, 2 * WANTED, 0) == files);
	for (int i = 0; i < files; i++)
		different += !seen[out[i].data.u32]++;
	CHECK(different == files);
	CHECK(epoll_wait(ep, out, 10, 0) == 10);
	return check_status();
}
