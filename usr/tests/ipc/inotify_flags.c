#include "tests.h"
#include <sys/inotify.h>

/* IN_ONESHOT, IN_ONLYDIR, IN_MASK_ADD, IN_MASK_CREATE; a buffer that is too small. */
int main(void)
{
	char buffer[512];
	struct inotify_event *e = (struct inotify_event *)buffer;
	int fd = inotify_init1(IN_NONBLOCK), f, wd;

	alarm(20);
	enter_scratch("ipc-inotify_flags");
	f = open("file", O_RDWR | O_CREAT, 0600);
	CHECK(inotify_add_watch(fd, "file", IN_MODIFY | IN_ONLYDIR) == -1 && errno == ENOTDIR);
	CHECK((wd = inotify_add_watch(fd, "file", IN_MODIFY | IN_ONESHOT)) > 0);
	CHECK(write(f, "x", 1) == 1 && write(f, "x", 1) == 1);
	CHECK(read(fd, buffer, 10) == -1 && errno == EINVAL);
	CHECK(read(fd, buffer, sizeof buffer) == 32 && e->mask == IN_MODIFY && e[1].mask == IN_IGNORED);
	CHECK((wd = inotify_add_watch(fd, "file", IN_ACCESS)) > 0);
	CHECK(inotify_add_watch(fd, "file", IN_MODIFY | IN_MASK_CREATE) == -1 && errno == EEXIST);
	CHECK(inotify_add_watch(fd, "file", IN_MODIFY | IN_MASK_ADD) == wd);
	CHECK(write(f, "x", 1) == 1 && pread(f, buffer, 1, 0) == 1);
	CHECK(read(fd, buffer, sizeof buffer) == 32 && e[0].mask == IN_MODIFY && e[1].mask == IN_ACCESS);
	CHECK(inotify_add_watch(fd, "file", IN_MODIFY) == wd);
	CHECK(pread(f, buffer, 1, 0) == 1 && read(fd, buffer, sizeof buffer) == -1 && errno == EAGAIN);
	CHECK(write(f, "x", 1) == 1 && write(f, "x", 1) == 1);
	CHECK(read(fd, buffer, sizeof buffer) == 16);
	return check_status();
}
