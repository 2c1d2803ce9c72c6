#include "tests.h"
#include <dirent.h>
#include <fcntl.h>
#include <sys/syscall.h>

/* /proc/PID/fd: who closes what it lists while reading it, a few entries at a time, finds all of it. */
enum { FIRST = 20, COUNT = 60 };

int main(void)
{
	char buffer[64] __attribute__((aligned(8)));
	long got;
	int left = 0, listed = 0, strange = 0;

	for (int i = 0; i < COUNT; i++)
		if (dup2(1, FIRST + i) < 0)
			return 1;
	int directory = open("/proc/self/fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	CHECK(directory >= 0);
	while ((got = syscall(SYS_getdents64, directory, buffer, sizeof(buffer))) > 0) {
		for (long at = 0; at < got;) {
			struct dirent64 *entry = (struct dirent64 *)(buffer + at);
			int fd = atoi(entry->d_name);
			if (fd >= FIRST && fd < FIRST + COUNT) {
				listed++;
				strange += close(fd) != 0;
			}
			at += entry->d_reclen;
		}
	}
	for (int i = 0; i < COUNT; i++)
		left += fcntl(FIRST + i, F_GETFD) >= 0;
	CHECK(got == 0 && listed == COUNT && strange == 0 && left == 0);
	CHECK(lseek(directory, 0, SEEK_SET) == 0 && (got = syscall(SYS_getdents64, directory, buffer, sizeof(buffer))) > 0);
	return check_status();
}
