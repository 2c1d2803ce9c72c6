/* What the inet tests share: addresses on loopback, sockets that listen, connected pairs. No port number is fixed. */
#ifndef LEGOOS_TESTS_INET_H
#define LEGOOS_TESTS_INET_H

#include "tests.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

static inline struct sockaddr_in loop4(int port)
{
	struct sockaddr_in in = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};

	return in;
}

static inline struct sockaddr_in6 loop6(int port)
{
	struct sockaddr_in6 in = {.sin6_family = AF_INET6, .sin6_port = htons(port), .sin6_addr = IN6ADDR_LOOPBACK_INIT};

	return in;
}

/* The port of a bound socket of either family. */
static inline int port_of(int fd)
{
	struct sockaddr_in6 name;
	socklen_t length = sizeof(name);

	if (getsockname(fd, (struct sockaddr *)&name, &length) != 0)
		check_fatal("getsockname");
	return ntohs(name.sin6_port);
}

static inline int bind4(int fd, int port)
{
	struct sockaddr_in in = loop4(port);

	return bind(fd, (struct sockaddr *)&in, sizeof(in));
}

static inline int connect4(int fd, int port)
{
	struct sockaddr_in in = loop4(port);

	return connect(fd, (struct sockaddr *)&in, sizeof(in));
}

/* A socket of that type on a free port of 127.0.0.1. */
static inline int bound4(int type)
{
	int fd = socket(AF_INET, type, 0);

	if (fd < 0 || bind4(fd, 0) != 0)
		check_fatal("bound socket");
	return fd;
}

static inline int listener4(int backlog)
{
	int fd = bound4(SOCK_STREAM);

	if (listen(fd, backlog) != 0)
		check_fatal("listen");
	return fd;
}

/* A TCP connection over loopback: fds[0] connected, fds[1] accepted. */
static inline void tcp_pair(int fds[2])
{
	int listener = listener4(1);

	fds[0] = socket(AF_INET, SOCK_STREAM, 0);
	if (fds[0] < 0 || connect4(fds[0], port_of(listener)) != 0)
		check_fatal("connect");
	fds[1] = accept(listener, NULL, NULL);
	if (fds[1] < 0)
		check_fatal("accept");
	close(listener);
}

/* The events of one descriptor within so many milliseconds. */
static inline int events_of(int fd, int wanted, int timeout)
{
	struct pollfd one = {.fd = fd, .events = wanted};

	return poll(&one, 1, timeout) < 0 ? -1 : one.revents;
}

static inline int int_option(int fd, int level, int name)
{
	int value = -1;
	socklen_t length = sizeof(value);

	return getsockopt(fd, level, name, &value, &length) == 0 ? value : -1;
}

static inline int set_option(int fd, int level, int name, int value)
{
	return setsockopt(fd, level, name, &value, sizeof(value));
}

#endif
