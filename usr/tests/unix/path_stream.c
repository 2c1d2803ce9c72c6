#include "tests.h"
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

/* A listening socket with a name in the file system: bind makes an inode, connect finds it, names are as bound. */
int main(void)
{
	struct sockaddr_un a = {.sun_family = AF_UNIX, .sun_path = "sock"}, b;
	socklen_t length = sizeof b;
	struct stat st;
	char buffer[16];
	int l = socket(AF_UNIX, SOCK_STREAM, 0), c = socket(AF_UNIX, SOCK_STREAM, 0), s;

	alarm(20);
	enter_scratch("unix-path_stream");
	unlink("sock");
	CHECK(connect(c, (void *)&a, sizeof a) == -1 && errno == ENOENT);
	CHECK(bind(l, (void *)&a, sizeof a) == 0);
	CHECK(stat("sock", &st) == 0 && S_ISSOCK(st.st_mode));
	CHECK(open("sock", O_RDWR) == -1 && errno == ENXIO);
	CHECK(connect(c, (void *)&a, sizeof a) == -1 && errno == ECONNREFUSED);
	CHECK(listen(l, 5) == 0);
	CHECK(connect(c, (void *)&a, sizeof a) == 0);
	CHECK(connect(c, (void *)&a, sizeof a) == -1 && errno == EISCONN);
	CHECK(write(c, "early", 5) == 5);
	CHECK((s = accept(l, (void *)&b, &length)) >= 0);
	CHECK(length == sizeof(sa_family_t) && b.sun_family == AF_UNIX);
	CHECK(read(s, buffer, sizeof buffer) == 5);
	length = sizeof b;
	CHECK(getsockname(s, (void *)&b, &length) == 0 && strcmp(b.sun_path, "sock") == 0);
	CHECK(length == offsetof(struct sockaddr_un, sun_path) + 5);
	length = sizeof b;
	CHECK(getpeername(c, (void *)&b, &length) == 0 && strcmp(b.sun_path, "sock") == 0);
	CHECK(getpeername(l, (void *)&b, &length) == -1 && errno == ENOTCONN);
	CHECK(write(s, "reply", 5) == 5 && read(c, buffer, sizeof buffer) == 5);
	close(l);
	l = socket(AF_UNIX, SOCK_STREAM, 0);
	CHECK(bind(l, (void *)&a, sizeof a) == -1 && errno == EADDRINUSE);
	CHECK(unlink("sock") == 0);
	CHECK(bind(l, (void *)&a, sizeof a) == 0);
	return check_status();
}
