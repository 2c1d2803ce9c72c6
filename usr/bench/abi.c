/*
 * abi [SCALE [PROGRAM ARG...]]: what the Linux ABI costs beyond single calls: two lines each, "name value", the median in the unit of the name,
 * and "name.first value", the first round of all, with everything cold. Then it becomes PROGRAM, if there is one.
 * More rows: a function that measures one round in ns, and a line in rows[].
 */
#define _GNU_SOURCE
#include <linux/futex.h>
#include <pthread.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "measure.h"

static const char *self;

static void reap(pid_t child)
{
	int status;

	if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
		exit(1);
}

/* getpid(2) without libc's help. */
static double getpid_ns(void)
{
	const int calls = 10000;
	double start = now_ns();
	int i;

	for (i = 0; i < calls; i++)
		syscall(SYS_getpid);
	return (now_ns() - start) / calls;
}

static double fork_exit_wait_ns(void)
{
	double start = now_ns();
	pid_t child = fork();

	if (child == 0)
		_exit(0);
	reap(child);
	return now_ns() - start;
}

static double vfork_exit_wait_ns(void)
{
	double start = now_ns();
	pid_t child = vfork();

	if (child == 0)
		_exit(0);
	reap(child);
	return now_ns() - start;
}

/* This program again, which says hello to nobody and ends. */
static double fork_exec_ns(void)
{
	double start = now_ns();
	pid_t child = fork();

	if (child == 0) {
		execl(self, self, "hello", (char *)NULL);
		_exit(1);
	}
	reap(child);
	return now_ns() - start;
}

static double posix_spawn_ns(void)
{
	char *argv[] = {(char *)self, "hello", NULL};
	char *envp[] = {NULL};
	double start = now_ns();
	pid_t child;

	if (posix_spawn(&child, self, NULL, NULL, argv, envp) != 0)
		exit(1);
	reap(child);
	return now_ns() - start;
}

/* One byte there and back between two processes. */
static double pipe_pingpong_ns(void)
{
	const int rounds = 500;
	int there[2], back[2], i;
	char byte = 0;

	if (pipe(there) != 0 || pipe(back) != 0)
		exit(1);
	pid_t child = fork();
	if (child == 0) {
		for (i = 0; i < rounds; i++)
			if (read(there[0], &byte, 1) != 1 || write(back[1], &byte, 1) != 1)
				_exit(1);
		_exit(0);
	}
	double start = now_ns();
	for (i = 0; i < rounds; i++)
		if (write(there[1], &byte, 1) != 1 || read(back[0], &byte, 1) != 1)
			exit(1);
	double time = (now_ns() - start) / rounds;
	reap(child);
	close(there[0]), close(there[1]), close(back[0]), close(back[1]);
	return time;
}

static int turn;
static const int turns = 2000;

static void await_turn(int mine)
{
	while (__atomic_load_n(&turn, __ATOMIC_ACQUIRE) != mine)
		syscall(SYS_futex, &turn, FUTEX_WAIT_PRIVATE, !mine, NULL, NULL, 0);
}

static void give_turn(int other)
{
	__atomic_store_n(&turn, other, __ATOMIC_RELEASE);
	syscall(SYS_futex, &turn, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

static void *answer(void *arg)
{
	for (int i = 0; i < turns; i++) {
		await_turn(1);
		give_turn(0);
	}
	return arg;
}

/* A word there and back between two threads that sleep in futex(2). */
static double futex_pingpong_ns(void)
{
	pthread_t thread;

	turn = 0;
	if (pthread_create(&thread, NULL, answer, NULL) != 0)
		exit(1);
	double start = now_ns();
	for (int i = 0; i < turns; i++) {
		give_turn(1);
		await_turn(0);
	}
	double time = (now_ns() - start) / turns;
	pthread_join(thread, NULL);
	return time;
}

static void *nothing(void *arg)
{
	return arg;
}

static double thread_create_join_ns(void)
{
	pthread_t thread;
	double start = now_ns();

	if (pthread_create(&thread, NULL, nothing, NULL) != 0)
		exit(1);
	pthread_join(thread, NULL);
	return now_ns() - start;
}

/* The same through a pair of stream sockets. */
static double unix_pingpong_ns(void)
{
	const int rounds = 500;
	int pair[2], i;
	char byte = 0;

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0)
		exit(1);
	pid_t child = fork();
	if (child == 0) {
		for (i = 0; i < rounds; i++)
			if (read(pair[1], &byte, 1) != 1 || write(pair[1], &byte, 1) != 1)
				_exit(1);
		_exit(0);
	}
	double start = now_ns();
	for (i = 0; i < rounds; i++)
		if (write(pair[0], &byte, 1) != 1 || read(pair[0], &byte, 1) != 1)
			exit(1);
	double time = (now_ns() - start) / rounds;
	reap(child);
	close(pair[0]), close(pair[1]);
	return time;
}

/* write to an eventfd, epoll_wait, read: what an event costs a loop that never sleeps. */
static double epoll_event_ns(void)
{
	const int rounds = 1000;
	int set = epoll_create1(0), event = eventfd(0, EFD_NONBLOCK), i;
	struct epoll_event e = {.events = EPOLLIN}, out;
	uint64_t value = 1;

	if (set < 0 || event < 0 || epoll_ctl(set, EPOLL_CTL_ADD, event, &e) != 0)
		exit(1);
	double start = now_ns();
	for (i = 0; i < rounds; i++)
		if (write(event, &value, 8) != 8 || epoll_wait(set, &out, 1, -1) != 1 || read(event, &value, 8) != 8)
			exit(1);
	double time = (now_ns() - start) / rounds;
	close(set), close(event);
	return time;
}

static const struct row {
	const char *name;
	double (*round)(void);
	double unit_ns;
	int rounds;
} rows[] = {
	{"getpid_ns", getpid_ns, 1, 100},
	{"pipe_pingpong_us", pipe_pingpong_ns, 1e3, 9},
	{"futex_pingpong_us", futex_pingpong_ns, 1e3, 25},
	{"thread_create_join_us", thread_create_join_ns, 1e3, 300},
	{"unix_pingpong_us", unix_pingpong_ns, 1e3, 9},
	{"epoll_event_us", epoll_event_ns, 1e3, 9},
	{"fork_exit_wait_ms", fork_exit_wait_ns, 1e6, 50},
	{"vfork_exit_wait_ms", vfork_exit_wait_ns, 1e6, 50},
	{"fork_exec_hello_ms", fork_exec_ns, 1e6, 20},
	{"posix_spawn_hello_ms", posix_spawn_ns, 1e6, 20},
};

int main(int argc, char **argv)
{
	size_t row;

	if (argc > 1 && strcmp(argv[1], "hello") == 0)
		return 0;
	self = "/proc/self/exe";
	double scale = argc > 1 ? atof(argv[1]) : 1;
	for (row = 0; row < sizeof rows / sizeof *rows; row++) {
		int rounds = rows[row].rounds * scale;

		rounds = rounds < 3 ? 3 : rounds > (int)MOST_BATCHES ? (int)MOST_BATCHES : rounds;
		measure_warm(rows[row].name, rounds, rows[row].round, rows[row].unit_ns);
	}
	if (argc > 2) {
		execv(argv[2], argv + 2);
		return 127;
	}
	return 0;
}
