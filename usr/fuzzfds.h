/* Descriptors of all kinds, for fuzzsame.c; needs the files "f", "d", "fifo" in the working directory. */
#pragma once
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <unistd.h>

static void open_sockets(void)
{
	struct sockaddr_in any = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
	socklen_t size = sizeof(any);
	struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "sock"};
	int ends[2], listener, client;

	for (int type = SOCK_STREAM; type <= SOCK_SEQPACKET; type = type == SOCK_STREAM ? SOCK_DGRAM : type == SOCK_DGRAM ? SOCK_SEQPACKET : 99) {
		socketpair(AF_UNIX, type, 0, ends);
		write(ends[0], "to the other", 12);
	}
	socket(AF_INET, SOCK_DGRAM, 0);
	socket(AF_INET, SOCK_STREAM, 0);
	listener = socket(AF_INET, SOCK_STREAM, 0);
	bind(listener, (struct sockaddr *)&any, sizeof(any));
	listen(listener, 4);
	getsockname(listener, (struct sockaddr *)&any, &size);
	client = socket(AF_INET, SOCK_STREAM, 0);
	connect(client, (struct sockaddr *)&any, sizeof(any));
	write(accept(listener, NULL, NULL), "from the server", 15);
	socket(AF_INET6, SOCK_STREAM, 0);
	bind(socket(AF_UNIX, SOCK_STREAM, 0), (struct sockaddr *)&name, sizeof(name));
}

/* Descriptors of all kinds, from 3 on. */
static void open_descriptors(void)
{
	struct epoll_event event = {.events = EPOLLIN};
	sigset_t some;
	int ends[2], epoll, event_fd, memfd;

	sigemptyset(&some);
	sigaddset(&some, SIGUSR2);
	open("f", O_RDWR);
	open("f", O_RDONLY);
	open("f", O_WRONLY | O_APPEND);
	open("d", O_RDONLY | O_DIRECTORY);
	open("f", O_PATH);
	pipe(ends);
	write(ends[1], "0123456789", 10);
	pipe2(ends, O_NONBLOCK);
	open_sockets();
	event_fd = eventfd(3, 0);
	epoll = epoll_create1(0);
	epoll_ctl(epoll, EPOLL_CTL_ADD, event_fd, &event);
	timerfd_create(CLOCK_MONOTONIC, 0);
	signalfd(-1, &some, 0);
	inotify_init1(IN_NONBLOCK);
	memfd = memfd_create("m", MFD_ALLOW_SEALING);
	ftruncate(memfd, 5000);
	open("/dev/null", O_RDWR);
	open("/dev/zero", O_RDWR);
	open("/proc/self/comm", O_RDONLY);
	syscall(SYS_pidfd_open, getpid(), 0);
	open("fifo", O_RDWR);
}
