#include "file.h"

/* Symbolic links that lead to themselves: ELOOP; forty are allowed. */
int main(void)
{
	char from[16], to[16];
	enter_empty("symlink_loop");
	CHECK(symlink("b", "a") == 0 && symlink("a", "b") == 0);
	FAILS(open("a", O_RDONLY), ELOOP);
	FAILS(open("a/x", O_RDONLY), ELOOP);
	FAILS(chdir("a"), ELOOP);
	put("l0", "end");
	for (int i = 1; i <= 41; i++) {
		snprintf(from, sizeof from, "l%d", i - 1);
		snprintf(to, sizeof to, "l%d", i);
		symlink(from, to);
	}
	CHECK(holds("l40", "end"));
	FAILS(open("l41", O_RDONLY), ELOOP);
	return check_status();
}
