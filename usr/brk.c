/* brk by hand: grow, use, shrink (and grow again: zero), and limits. */
#define _GNU_SOURCE
#include <sys/resource.h>
#include <sys/syscall.h>

#include "check.h"

static char *raw_brk(char *to)
{
	return (char *)syscall(SYS_brk, to);
}

int main(void)
{
	char *start = raw_brk(NULL), *end;
	struct rlimit limit = { 1 << 20, RLIM_INFINITY };

	CHECK(start != NULL);
	end = raw_brk(start + 100 * PAGE_SIZE);
	CHECK(end == start + 100 * PAGE_SIZE);
	memset(start, 0x5a, end - start);
	CHECK(start[50 * PAGE_SIZE] == 0x5a);
	CHECK(raw_brk(start + 10 * PAGE_SIZE + 123) == start + 10 * PAGE_SIZE + 123);
	CHECK(start[10 * PAGE_SIZE] == 0x5a);
	CHECK(raw_brk(start + 100 * PAGE_SIZE) == start + 100 * PAGE_SIZE);
	CHECK(start[60 * PAGE_SIZE] == 0);
	CHECK(start[9 * PAGE_SIZE] == 0x5a);
	CHECK(raw_brk(start - PAGE_SIZE * 100000) == start + 100 * PAGE_SIZE); /* refused: stays */
	CHECK(raw_brk((char *)0x7fffffffffff0000) == start + 100 * PAGE_SIZE);
	CHECK(raw_brk(start) == start);
	CHECK(setrlimit(RLIMIT_DATA, &limit) == 0);
	CHECK(raw_brk(start + (64 << 20)) == start);
	return check_status();
}
