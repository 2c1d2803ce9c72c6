#include "tests.h"
#include <sys/socket.h>
#include <sys/un.h>

/* A server process and its client, over a name; 200 round trips and a megabyte one way. */
static struct sockaddr_un address = {.sun_family = AF_UNIX};
static int length;

static int client(void *unused)
{
	int c = socket(AF_UNIX, SOCK_STREAM, 0), i;
	static char block[65536];
	char byte;

	(void)unused;
	alarm(20);
	if (connect(c, (void *)&address, length) != 0)
		return 1;
	for (i = 0; i < 200; i++)
		if (write(c, "p", 1) != 1 || read(c, &byte, 1) != 1 || byte != 'q')
			return 2;
	for (i = 0; i < 16; i++)
		if (write(c, block, sizeof block) != sizeof block)
			return 3;
	return 0;
}

int main(void)
{
	int l = socket(AF_UNIX, SOCK_STREAM, 0), s, i;
	static char block[65536];
	char byte;
	ssize_t n, total = 0;
	pid_t child;

	alarm(20);
	length = 3 + sprintf(address.sun_path + 1, "lego-echo-%d", getpid());
	CHECK(bind(l, (void *)&address, length) == 0 && listen(l, 4) == 0);
	child = start_child(client, NULL);
	CHECK((s = accept(l, NULL, NULL)) >= 0);
	for (i = 0; i < 200; i++)
		if (read(s, &byte, 1) != 1 || byte != 'p' || write(s, "q", 1) != 1)
			break;
	CHECK(i == 200);
	while ((n = read(s, block, sizeof block)) > 0)
		total += n;
	CHECK(n == 0 && total == 16 * 65536);
	CHECK(wait_for(child) == 0);
	return check_status();
}
