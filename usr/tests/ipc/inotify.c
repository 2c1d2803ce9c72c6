#include "tests.h"
#include <poll.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>

/* inotify(7): what happens in a directory and to a file, in order, with names and cookies. */
static char buffer[8192];
static int fd, at, end;

static struct inotify_event *next(void)
{
	struct inotify_event *e;

	if (at == end) {
		at = 0;
		end = read(fd, buffer, sizeof buffer);
		if (end <= 0) {
			end = 0;
			return NULL;
		}
	}
	e = (struct inotify_event *)(buffer + at);
	at += sizeof *e + e->len;
	return e;
}

static int is(struct inotify_event *e, int wd, unsigned mask, const char *name)
{
	if (e && e->wd == wd && e->mask == mask && strcmp(e->len ? e->name : "", name) == 0)
		return 1;
	printf("got %x %s\n", e ? e->mask : 0, e && e->len ? e->name : "");
	return 0;
}

int main(void)
{
	struct inotify_event *from, *to;
	struct pollfd p;
	int dir, file, f, n;
	unsigned cookie;

	alarm(20);
	enter_scratch("ipc-inotify");
	unlink("d/a");
	unlink("d/b");
	rmdir("d/sub");
	mkdir("d", 0755);
	CHECK((fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) >= 0);
	CHECK((dir = inotify_add_watch(fd, "d", IN_ALL_EVENTS)) > 0);
	p = (struct pollfd){fd, POLLIN, 0};
	CHECK(poll(&p, 1, 0) == 0 && read(fd, buffer, sizeof buffer) == -1 && errno == EAGAIN);
	f = open("d/a", O_WRONLY | O_CREAT, 0600);
	CHECK(poll(&p, 1, 0) == 1 && ioctl(fd, FIONREAD, &n) == 0 && n == 64);
	CHECK(is(next(), dir, IN_CREATE, "a") && is(next(), dir, IN_OPEN, "a"));
	CHECK((file = inotify_add_watch(fd, "d/a", IN_MODIFY | IN_DELETE_SELF | IN_ATTRIB | IN_MOVE_SELF)) > dir);
	CHECK(write(f, "x", 1) == 1);
	CHECK(is(next(), dir, IN_MODIFY, "a") && is(next(), file, IN_MODIFY, ""));
	close(f);
	CHECK(is(next(), dir, IN_CLOSE_WRITE, "a"));
	CHECK(chmod("d/a", 0644) == 0);
	CHECK(is(next(), dir, IN_ATTRIB, "a") && is(next(), file, IN_ATTRIB, ""));
	CHECK(rename("d/a", "d/b") == 0);
	from = next();
	cookie = from ? from->cookie : 0;
	CHECK(is(from, dir, IN_MOVED_FROM, "a") && cookie != 0);
	to = next();
	CHECK(is(to, dir, IN_MOVED_TO, "b") && to->cookie == cookie);
	CHECK(is(next(), file, IN_MOVE_SELF, ""));
	CHECK(mkdir("d/sub", 0700) == 0 && is(next(), dir, IN_CREATE | IN_ISDIR, "sub"));
	CHECK(rmdir("d/sub") == 0 && is(next(), dir, IN_DELETE | IN_ISDIR, "sub"));
	CHECK(unlink("d/b") == 0);
	CHECK(is(next(), file, IN_ATTRIB, "") && is(next(), file, IN_DELETE_SELF, "") && is(next(), file, IN_IGNORED, ""));
	CHECK(is(next(), dir, IN_DELETE, "b"));
	CHECK(inotify_rm_watch(fd, file) == -1 && errno == EINVAL);
	CHECK(inotify_rm_watch(fd, dir) == 0 && is(next(), dir, IN_IGNORED, ""));
	CHECK(next() == NULL);
	CHECK(inotify_add_watch(fd, "nothing", IN_OPEN) == -1 && errno == ENOENT);
	CHECK(inotify_add_watch(fd, "d", 0) == -1 && errno == EINVAL);
	CHECK(inotify_add_watch(0, "d", IN_OPEN) == -1 && (errno == EINVAL || errno == EBADF));
	CHECK(inotify_init1(1) == -1 && errno == EINVAL);
	return check_status();
}
