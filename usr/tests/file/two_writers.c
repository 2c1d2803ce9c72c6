#include "file.h"

/* Two descriptors of one file see each other's writes at once. */
int main(void)
{
	char byte;
	int good = 1;
	enter_empty("two_writers");
	int a = open("f", O_CREAT | O_RDWR, 0644), b = open("f", O_RDWR);
	for (int i = 0; i < 500; i++) {
		char put = 'a' + i % 26;
		good &= pwrite(i % 2 ? a : b, &put, 1, i * 37) == 1;
		good &= pread(i % 2 ? b : a, &byte, 1, i * 37) == 1 && byte == put;
	}
	CHECK(good && lseek(a, 0, SEEK_END) == 499 * 37 + 1);
	return check_status();
}
