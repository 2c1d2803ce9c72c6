#include "tests.h"
#include <sys/socket.h>
#include <sys/un.h>

/* SOCK_SEQPACKET with listen and accept; SO_PEERCRED names the client's process. */
static struct sockaddr_un address = {.sun_family = AF_UNIX};
static int length;

static int client(void *unused)
{
	int c = socket(AF_UNIX, SOCK_SEQPACKET, 0);
	char buffer[16];

	(void)unused;
	alarm(20);
	if (connect(c, (void *)&address, length) != 0 || send(c, "one", 3, 0) != 3 || send(c, "four", 4, 0) != 4)
		return 1;
	return recv(c, buffer, 16, 0) == 2 ? 0 : 2;
}

int main(void)
{
	int l = socket(AF_UNIX, SOCK_SEQPACKET, 0), s, wrong = socket(AF_UNIX, SOCK_STREAM, 0);
	struct ucred who;
	socklen_t size = sizeof who;
	char buffer[16];
	pid_t pid;

	alarm(20);
	length = 3 + sprintf(address.sun_path + 1, "lego-seq-%d", getpid());
	CHECK(bind(l, (void *)&address, length) == 0 && listen(l, 4) == 0);
	CHECK(connect(wrong, (void *)&address, length) == -1 && errno == ECONNREFUSED);
	pid = start_child(client, NULL);
	CHECK((s = accept(l, NULL, NULL)) >= 0);
	CHECK(getsockopt(s, SOL_SOCKET, SO_PEERCRED, &who, &size) == 0 && who.pid == pid && who.uid == geteuid());
	CHECK(recv(s, buffer, 16, 0) == 3 && recv(s, buffer, 16, 0) == 4);
	CHECK(send(s, "ok", 2, 0) == 2);
	CHECK(recv(s, buffer, 16, 0) == 0);
	CHECK(wait_for(pid) == 0);
	return check_status();
}
