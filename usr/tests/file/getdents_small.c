#include "file.h"

/* getdents64(2) with little room. */
int main(void)
{
	char buffer[1024], tiny[16];
	long total = 0, got;
	enter_empty("getdents_small");
	for (int i = 0; i < 20; i++) {
		char name[64];
		snprintf(name, sizeof name, "a-name-of-some-length-%d", i);
		put(name, "");
	}
	int fd = open(".", O_RDONLY | O_DIRECTORY), f = open("a-name-of-some-length-3", O_RDONLY);
	while ((got = syscall(SYS_getdents64, fd, buffer, 100)) > 0)
		for (long at = 0; at < got; at += *(unsigned short *)(buffer + at + 16))
			total++;
	CHECK(got == 0 && total == 22);
	CHECK(lseek(fd, 0, SEEK_SET) == 0);
	FAILS(syscall(SYS_getdents64, fd, tiny, sizeof tiny), EINVAL);
	FAILS(syscall(SYS_getdents64, f, buffer, sizeof buffer), ENOTDIR);
	FAILS(read(fd, buffer, 10), EISDIR);
	return check_status();
}
