#include "tests.h"
#include <sys/socket.h>
#include <sys/un.h>

/* Datagrams to names: the receiver sees who sent; connect chooses a peer; a connected socket takes from its peer only. */
int main(void)
{
	struct sockaddr_un a = {.sun_family = AF_UNIX, .sun_path = "a"}, b = {.sun_family = AF_UNIX, .sun_path = "b"}, from;
	struct sockaddr none = {.sa_family = AF_UNSPEC};
	socklen_t length = sizeof from;
	char buffer[16];
	int sa = socket(AF_UNIX, SOCK_DGRAM, 0), sb = socket(AF_UNIX, SOCK_DGRAM, 0), sc = socket(AF_UNIX, SOCK_DGRAM, 0);

	alarm(20);
	enter_scratch("unix-dgram_names");
	unlink("a");
	unlink("b");
	CHECK(bind(sa, (void *)&a, sizeof a) == 0 && bind(sb, (void *)&b, sizeof b) == 0);
	CHECK(send(sa, "x", 1, 0) == -1 && errno == ENOTCONN);
	CHECK(sendto(sa, "hello", 5, 0, (void *)&b, sizeof b) == 5);
	CHECK(recvfrom(sb, buffer, 16, 0, (void *)&from, &length) == 5 && strcmp(from.sun_path, "a") == 0);
	CHECK(sendto(sc, "anon", 4, 0, (void *)&b, sizeof b) == 4);
	length = sizeof from;
	CHECK(recvfrom(sb, buffer, 16, 0, (void *)&from, &length) == 4 && length == 0);
	CHECK(connect(sb, (void *)&a, sizeof a) == 0);
	CHECK(sendto(sc, "no", 2, 0, (void *)&b, sizeof b) == -1 && errno == EPERM);
	CHECK(send(sb, "to a", 4, 0) == 4 && recv(sa, buffer, 16, 0) == 4);
	CHECK(connect(sb, &none, sizeof none) == 0);
	CHECK(sendto(sc, "yes", 3, 0, (void *)&b, sizeof b) == 3);
	CHECK(recv(sb, buffer, 16, 0) == 3);
	unlink("b");
	CHECK(sendto(sc, "yes", 3, 0, (void *)&b, sizeof b) == -1 && errno == ENOENT);
	return check_status();
}
