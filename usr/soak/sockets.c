/* Sockets: an operation is one connection (or pair, or datagram), made and given up in one of several ways. */
#include "soak.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stddef.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>

static struct sockaddr_in here, there;
static struct sockaddr_un local = {.sun_family = AF_UNIX, .sun_path = "\0soak"};
static int tcp, udp, named;
static char data[3000];

static void prepare(const char *self)
{
	socklen_t size = sizeof(here);

	(void)self;
	here.sin_family = AF_INET;
	here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	there = here;
	tcp = socket(AF_INET, SOCK_STREAM, 0);
	MUST(bind(tcp, (struct sockaddr *)&here, sizeof(here)) == 0 && listen(tcp, 8) == 0);
	MUST(getsockname(tcp, (struct sockaddr *)&here, &size) == 0);
	udp = socket(AF_INET, SOCK_DGRAM, 0);
	MUST(bind(udp, (struct sockaddr *)&there, sizeof(there)) == 0);
	MUST(getsockname(udp, (struct sockaddr *)&there, &size) == 0);
	named = socket(AF_UNIX, SOCK_STREAM, 0);
	MUST(bind(named, (struct sockaddr *)&local, offsetof(struct sockaddr_un, sun_path) + 5) == 0 && listen(named, 8) == 0);
}

static int connected(int family)
{
	int fd = socket(family, SOCK_STREAM, 0);

	MUST(fd >= 0);
	if (family == AF_INET)
		MUST(connect(fd, (struct sockaddr *)&here, sizeof(here)) == 0);
	else
		MUST(connect(fd, (struct sockaddr *)&local, offsetof(struct sockaddr_un, sun_path) + 5) == 0);
	return fd;
}

static void talk(int family)
{
	char back[sizeof(data)];
	int client = connected(family);
	int server = accept(family == AF_INET ? tcp : named, NULL, NULL);

	MUST(server >= 0 && send(client, data, sizeof(data), 0) == sizeof(data) && shutdown(client, SHUT_WR) == 0);
	MUST(recv(server, back, sizeof(back), MSG_WAITALL) == sizeof(back) && recv(server, back, 1, 0) == 0);
	MUST(send(server, data, 10, 0) == 10 && close(server) == 0);
	MUST(recv(client, back, sizeof(back), 0) == 10 && close(client) == 0);
}

/* Closed with data that nobody read, and before anybody accepted. */
static void given_up(int family)
{
	int client = connected(family);
	int server;

	MUST(send(client, data, sizeof(data), 0) == sizeof(data) && close(client) == 0);
	server = accept(family == AF_INET ? tcp : named, NULL, NULL);
	MUST(server >= 0 && close(server) == 0);
}

static void refused(void)
{
	struct sockaddr_in nobody = {.sin_family = AF_INET, .sin_port = htons(1), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	MUST(connect(fd, (struct sockaddr *)&nobody, sizeof(nobody)) < 0 && errno == ECONNREFUSED && close(fd) == 0);
}

static void datagram(void)
{
	char back[sizeof(data)];
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	MUST(sendto(fd, data, 1000, 0, (struct sockaddr *)&there, sizeof(there)) == 1000 && close(fd) == 0);
	MUST(recv(udp, back, sizeof(back), 0) == 1000);
}

/* Descriptors in messages that are received, and that are not. */
static void passed(int is_received)
{
	int pair[2], sent;
	union { struct cmsghdr header; char space[CMSG_SPACE(sizeof(int))]; } control = {
		.header = {.cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS}};
	struct iovec one = {data, 1};
	struct msghdr message = {.msg_iov = &one, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof(control)};

	MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
	sent = is_received ? dup(0) : dup(pair[1]); /* a socket in its own queue is garbage that must be found */
	memcpy(CMSG_DATA(&control.header), &sent, sizeof(sent));
	MUST(sendmsg(pair[0], &message, 0) == 1 && close(sent) == 0);
	if (is_received) {
		MUST(recvmsg(pair[1], &message, 0) == 1);
		memcpy(&sent, CMSG_DATA(&control.header), sizeof(sent));
		MUST(close(sent) == 0);
	}
	MUST(close(pair[0]) == 0 && close(pair[1]) == 0);
}

static void polled(void)
{
	struct epoll_event event = {.events = EPOLLIN | EPOLLET};
	int set = epoll_create1(0);
	int client = connected(AF_INET);

	MUST(epoll_ctl(set, EPOLL_CTL_ADD, tcp, &event) == 0 && epoll_wait(set, &event, 1, -1) == 1);
	event.events = EPOLLOUT;
	MUST(epoll_ctl(set, EPOLL_CTL_ADD, client, &event) == 0 && close(client) == 0);
	MUST(close(accept(tcp, NULL, NULL)) == 0 && close(set) == 0);
}

static void left_open(void)
{
	pid_t child = fork();

	if (child == 0) {
		connected(AF_INET);
		connected(AF_UNIX);
		_exit(0);
	}
	MUST(ended_with(child) == 0 && close(accept(tcp, NULL, NULL)) == 0 && close(accept(named, NULL, NULL)) == 0);
}

static void operate(unsigned long i)
{
	switch (i % 16) {
	case 1: case 2: talk(AF_UNIX); break;
	case 3: given_up(AF_INET); break;
	case 4: given_up(AF_UNIX); break;
	case 5: refused(); break;
	case 6: case 7: datagram(); break;
	case 8: passed(1); break;
	case 9: passed(0); break;
	case 10: polled(); break;
	case 15: left_open(); break;
	default: talk(AF_INET);
	}
}
