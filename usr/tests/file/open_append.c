#include "file.h"

/* open(2): O_APPEND writes at the end wherever the offset is. */
int main(void)
{
	enter_empty("open_append");
	CHECK(put("f", "one") == 3);
	int a = open("f", O_WRONLY | O_APPEND), b = open("f", O_RDWR);
	CHECK(lseek(a, 0, SEEK_SET) == 0 && write(a, "two", 3) == 3);
	CHECK(lseek(a, 0, SEEK_CUR) == 6);
	CHECK(pwrite(b, "three", 5, 6) == 5);
	CHECK(write(a, "four", 4) == 4);
	CHECK(holds("f", "onetwothreefour"));
	CHECK(pwrite(a, "X", 1, 0) == 1 && holds("f", "onetwothreefourX"));
	return check_status();
}
