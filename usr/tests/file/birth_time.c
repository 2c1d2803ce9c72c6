#include "file.h"

/* statx(2): the birth time stays when a file is changed. */
int main(void)
{
	struct statx one, two;
	enter_empty("birth_time");
	put("f", "x");
	CHECK(statx(AT_FDCWD, "f", 0, STATX_BTIME | STATX_BASIC_STATS, &one) == 0 && (one.stx_mask & STATX_BTIME));
	put("f", "yy");
	chmod("f", 0600);
	CHECK(rename("f", "g") == 0 && statx(AT_FDCWD, "g", 0, STATX_BTIME, &two) == 0);
	CHECK(one.stx_btime.tv_sec == two.stx_btime.tv_sec && one.stx_btime.tv_nsec == two.stx_btime.tv_nsec);
	CHECK(one.stx_btime.tv_sec > 1000000000);
	return check_status();
}
