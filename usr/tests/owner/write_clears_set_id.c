#include "owner.h"

/* Content that somebody else may change is no program with rights: write(2), truncate(2) clear the set-ID bits. */
static void writer(void)
{
	int fd = open("written", O_WRONLY);
	EXPECT(fd >= 0 && write(fd, "x", 1) == 1 && close(fd) == 0);
	EXPECT(mode_of("written") == 0777);
	EXPECT(truncate("cut", 1) == 0 && mode_of("cut") == 0777);
	fd = open("extended", O_WRONLY);
	EXPECT(fd >= 0 && ftruncate(fd, 100) == 0 && close(fd) == 0 && mode_of("extended") == 0777);
	EXPECT(opens("emptied", O_WRONLY | O_TRUNC) == 0 && mode_of("emptied") == 0777);
	EXPECT(opens("untouched", O_RDWR) == 0 && mode_of("untouched") == 06777);
}

int main(void)
{
	if (enter_as_root("write_clears_set_id")) {
		make("written", 06777, 5000, 5000);
		make("cut", 06777, 5000, 5000);
		make("extended", 06777, 5000, 5000);
		make("emptied", 06777, 5000, 5000);
		make("untouched", 06777, 5000, 5000);
		as_user(6000, writer);
		int fd = open("untouched", O_WRONLY);
		EXPECT(write(fd, "x", 1) == 1 && close(fd) == 0 && mode_of("untouched") == 06777);
	}
	return check_status();
}
