/* Pipes and what is like them: an operation is one object, made, used and given up in one of several ways. */
#include "soak.h"
#include <fcntl.h>
#include <mqueue.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <time.h>

static int to_partner[2], from_partner[2];
static char data[20000];

static void prepare(const char *self)
{
	(void)self;
	MUST(pipe(to_partner) == 0 && pipe(from_partner) == 0);
	if (fork() == 0) {
		char byte;

		close(to_partner[1]);
		while (read(to_partner[0], &byte, 1) == 1)
			MUST(write(from_partner[1], &byte, 1) == 1);
		_exit(0);
	}
	close(to_partner[0]);
}

static void plain(unsigned long i)
{
	size_t size = i * 7919 % sizeof(data) + 1;
	char back[sizeof(data)];
	int ends[2];

	MUST(pipe2(ends, O_CLOEXEC) == 0 && write(ends[1], data, size) == (ssize_t)size);
	MUST(i & 16 || read(ends[0], back, size) == (ssize_t)size);
	MUST(close(ends[0]) == 0 && close(ends[1]) == 0);
}

static void ping_pong(void)
{
	char byte = 1;

	MUST(write(to_partner[1], &byte, 1) == 1 && read(from_partner[0], &byte, 1) == 1);
}

/* A process at the other end, which leaves something unread. */
static void between_processes(void)
{
	int ends[2];
	char back[10];
	pid_t child;

	MUST(pipe(ends) == 0);
	child = fork();
	if (child == 0) {
		MUST(write(ends[1], data, 20) == 20);
		_exit(0);
	}
	MUST(read(ends[0], back, 10) == 10 && ended_with(child) == 0 && close(ends[0]) == 0 && close(ends[1]) == 0);
}

static void fifo(void)
{
	int reader, writer;

	MUST(mkfifo("/tmp/soak-fifo", 0600) == 0);
	reader = open("/tmp/soak-fifo", O_RDONLY | O_NONBLOCK);
	writer = open("/tmp/soak-fifo", O_WRONLY);
	MUST(reader >= 0 && writer >= 0 && write(writer, data, 100) == 100);
	MUST(close(writer) == 0 && unlink("/tmp/soak-fifo") == 0 && close(reader) == 0);
}

static void events(void)
{
	struct epoll_event event = {.events = EPOLLIN};
	struct itimerspec soon = {.it_value = {0, 1}}, late = {.it_value = {1000, 0}, .it_interval = {1000, 0}};
	int set = epoll_create1(0), counter = eventfd(1, 0), timer = timerfd_create(CLOCK_MONOTONIC, 0), other = dup(timer);
	unsigned long ticks;

	MUST(epoll_ctl(set, EPOLL_CTL_ADD, counter, &event) == 0 && epoll_ctl(set, EPOLL_CTL_ADD, timer, &event) == 0);
	MUST(epoll_wait(set, &event, 1, -1) == 1 && timerfd_settime(timer, 0, &soon, NULL) == 0);
	MUST(read(timer, &ticks, 8) == 8 && timerfd_settime(timer, 0, &late, NULL) == 0);
	MUST(close(timer) == 0 && close(other) == 0 && close(counter) == 0 && close(set) == 0);
}

static void system_v(void)
{
	int memory = shmget(IPC_PRIVATE, 10000, 0600), semaphores = semget(IPC_PRIVATE, 3, 0600), queue = msgget(IPC_PRIVATE, 0600);
	struct sembuf up = {1, 1, SEM_UNDO};
	struct { long type; char text[100]; } message = {1, "text"};
	char *at = shmat(memory, NULL, 0);

	MUST(at != (void *)-1 && semop(semaphores, &up, 1) == 0 && msgsnd(queue, &message, 100, 0) == 0);
	at[5000] = 1;
	MUST(shmctl(memory, IPC_RMID, NULL) == 0 && shmdt(at) == 0);
	MUST(semctl(semaphores, 0, IPC_RMID) == 0 && msgctl(queue, IPC_RMID, NULL) == 0);
}

static void posix(void)
{
	struct mq_attr attributes = {.mq_maxmsg = 4, .mq_msgsize = 100};
	mqd_t queue = mq_open("/soak", O_RDWR | O_CREAT, 0600, &attributes);
	int memory = shm_open("/soak", O_RDWR | O_CREAT, 0600);
	char *at;

	MUST(queue >= 0 && mq_send(queue, data, 50, 3) == 0 && mq_close(queue) == 0 && mq_unlink("/soak") == 0);
	MUST(memory >= 0 && ftruncate(memory, 8192) == 0);
	at = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
	MUST(at != MAP_FAILED);
	at[4096] = 1;
	MUST(close(memory) == 0 && shm_unlink("/soak") == 0 && munmap(at, 8192) == 0);
	memory = memfd_create("soak", 0);
	MUST(memory >= 0 && write(memory, data, 10000) == 10000 && close(memory) == 0);
}

static void spliced(void)
{
	int one[2], two[2];

	MUST(pipe(one) == 0 && pipe(two) == 0 && write(one[1], data, 5000) == 5000);
	MUST(tee(one[0], two[1], 5000, 0) == 5000 && splice(one[0], NULL, two[1], NULL, 1000, 0) == 1000);
	MUST(close(one[0]) == 0 && close(one[1]) == 0 && close(two[0]) == 0 && close(two[1]) == 0);
}

static void operate(unsigned long i)
{
	switch (i % 16) {
	case 1: case 2: ping_pong(); break;
	case 3: between_processes(); break;
	case 5: fifo(); break;
	case 7: events(); break;
	case 9: system_v(); break;
	case 11: posix(); break;
	case 13: spliced(); break;
	default: plain(i);
	}
}
