#include "file.h"

static int shared;

static int reader(void *unused)
{
	char buffer[4];

	(void)unused;
	return read(shared, buffer, 4) != 4 || memcmp(buffer, "3456", 4) != 0;
}

/* dup(2) and fork(2) share the offset, open(2) does not. */
int main(void)
{
	char buffer[4];
	enter_empty("shared_offset");
	put("f", "0123456789");
	shared = open("f", O_RDONLY);
	int copy = dup(shared), own = open("f", O_RDONLY);
	CHECK(read(shared, buffer, 3) == 3 && lseek(copy, 0, SEEK_CUR) == 3 && lseek(own, 0, SEEK_CUR) == 0);
	CHECK(wait_for(start_child(reader, NULL)) == 0);
	CHECK(lseek(shared, 0, SEEK_CUR) == 7);
	return check_status();
}
