#include "tests.h"

#include <sys/inotify.h>

/* IN_EXCL_UNLINK: a directory's watch hears of an open file that has lost its name there, unless it asked not to. */
static void show(int watcher, const char *what)
{
	char buffer[4096] __attribute__((aligned(8)));
	ssize_t got = read(watcher, buffer, sizeof(buffer));

	printf("%s:", what);
	for (char *at = buffer; at < buffer + got;) {
		struct inotify_event *event = (struct inotify_event *)at;
		printf(" %x %s", event->mask, event->len > 0 ? event->name : "-");
		at += sizeof(*event) + event->len;
	}
	printf("\n");
}

static void use(int flags, const char *what)
{
	int file = open("f", O_RDWR | O_CREAT, 0600);
	int watcher = inotify_init1(IN_NONBLOCK);

	CHECK(inotify_add_watch(watcher, ".", IN_MODIFY | IN_ACCESS | IN_CLOSE_WRITE | IN_DELETE | flags) > 0);
	CHECK(write(file, "a", 1) == 1);
	CHECK(unlink("f") == 0);
	CHECK(write(file, "b", 1) == 1);
	char byte;
	CHECK(pread(file, &byte, 1, 0) == 1);
	CHECK(close(file) == 0);
	show(watcher, what);
	CHECK(close(watcher) == 0);
}

int main(void)
{
	enter_scratch("ipc-inotify_excl_unlink");
	use(0, "default");
	use(IN_EXCL_UNLINK, "excluding");
	return check_status();
}
