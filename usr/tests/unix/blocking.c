#include "tests.h"
#include <sys/socket.h>
#include <sys/un.h>

/* What blocks goes on: connect on a full backlog, send into a full socket, a datagram for a full receiver. */
static struct sockaddr_un address = {.sun_family = AF_UNIX};
static int length, l, d, s[2];

static int drainer(void *unused)
{
	static char block[4096];
	int c, i;
	long total = 0;
	ssize_t n;

	(void)unused;
	alarm(20);
	close(s[0]);
	for (i = 0; i < 3; i++)
		if ((c = accept(l, NULL, NULL)) < 0)
			return 1;
	while ((n = read(s[1], block, sizeof block)) > 0)
		total += n;
	for (i = 0; i < 40; i++)
		if (recv(d, block, sizeof block, 0) != 1)
			return 3;
	return total == 1 << 20 ? 0 : 2;
}

int main(void)
{
	static char much[1 << 20];
	struct sockaddr_un name = {.sun_family = AF_UNIX};
	int i, c, sender = socket(AF_UNIX, SOCK_DGRAM, 0), n = 3 + sprintf(name.sun_path + 1, "lego-dg-%d", getpid());
	pid_t pid;

	alarm(20);
	length = 3 + sprintf(address.sun_path + 1, "lego-blk-%d", getpid());
	l = socket(AF_UNIX, SOCK_STREAM, 0);
	d = socket(AF_UNIX, SOCK_DGRAM, 0);
	CHECK(bind(l, (void *)&address, length) == 0 && listen(l, 0) == 0);
	CHECK(bind(d, (void *)&name, n) == 0 && socketpair(AF_UNIX, SOCK_STREAM, 0, s) == 0);
	pid = start_child(drainer, NULL);
	close(s[1]);
	for (i = 0; i < 3; i++) {
		c = socket(AF_UNIX, SOCK_STREAM, 0);
		CHECK(connect(c, (void *)&address, length) == 0);
	}
	CHECK(write(s[0], much, sizeof much) == sizeof much);
	close(s[0]);
	for (i = 0; i < 40; i++)
		if (sendto(sender, "x", 1, 0, (void *)&name, n) != 1)
			break;
	CHECK(i == 40);
	CHECK(wait_for(pid) == 0);
	return check_status();
}
