/* bind and connect choose what a raw socket hears; a connected one sends without an address. */
#include "raw.h"

#define PROTOCOL 254

static struct sockaddr_in at(const char *address)
{
	struct sockaddr_in in = {.sin_family = AF_INET};

	inet_pton(AF_INET, address, &in.sin_addr);
	return in;
}

int main(void)
{
	int all = raw_socket(AF_INET, PROTOCOL), one = raw_socket(AF_INET, PROTOCOL), two = raw_socket(AF_INET, PROTOCOL);
	struct sockaddr_in first = at("127.0.0.1"), second = at("127.0.0.2"), peer = at("127.0.0.3"), name;
	socklen_t size = sizeof(name);
	char seen[64];

	alarm(20);
	CHECK(bind(one, (void *)&first, sizeof(first)) == 0);
	CHECK(bind(two, (void *)&second, sizeof(second)) == 0);
	CHECK(bind(one, (void *)&first, sizeof(first)) == 0); /* again: raw sockets may */
	CHECK(getsockname(two, (void *)&name, &size) == 0 && name.sin_addr.s_addr == second.sin_addr.s_addr);
	CHECK(sendto(all, "x", 1, 0, (void *)&second, sizeof(second)) == 1);
	CHECK(recv(all, seen, sizeof(seen), 0) == 21);
	CHECK(recv(two, seen, sizeof(seen), 0) == 21 && seen[20] == 'x');
	CHECK(recv(one, seen, sizeof(seen), MSG_DONTWAIT) == -1 && errno == EAGAIN);
	/* hears only its peer */
	CHECK(connect(one, (void *)&peer, sizeof(peer)) == 0);
	CHECK(sendto(two, "y", 1, 0, (void *)&first, sizeof(first)) == 1);
	CHECK(recv(one, seen, sizeof(seen), MSG_DONTWAIT) == -1 && errno == EAGAIN);
	CHECK(send(one, "z", 1, 0) == 1);
	CHECK(recv(all, seen, sizeof(seen), 0) == 21 && seen[20] == 'y');
	CHECK(recv(all, seen, sizeof(seen), 0) == 21 && seen[20] == 'z');
	return check_status();
}
