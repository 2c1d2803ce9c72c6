/* /proc/self/exe is a link to the program, and opens it. */
#include "text.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;

	char target[4096];
	struct stat one, two;
	unsigned char magic[4];

	ssize_t got = readlink("/proc/self/exe", target, sizeof(target) - 1);
	CHECK(got > 0 && target[0] == '/');
	target[got] = 0;
	CHECK(stat(target, &one) == 0 && stat("/proc/self/exe", &two) == 0);
	CHECK(one.st_ino == two.st_ino && one.st_dev == two.st_dev);
	int fd = open("/proc/self/exe", O_RDONLY);
	CHECK(read(fd, magic, 4) == 4 && memcmp(magic, "\177ELF", 4) == 0);
	return check_status();
}
