/* Which interrupted calls go on with SA_RESTART and which end with EINTR anyway. */
#include "tests.h"
#include <poll.h>
#include <pthread.h>
#include <sys/select.h>

static volatile int handled;
static int pipes[2];
static pthread_t main_thread;
static volatile int armed;

static void handler(int sig)
{
	(void)sig;
	handled++;
}

static void *sender(void *arg)
{
	int writes = arg != NULL;

	while (!armed)
		usleep(500);
	usleep(15000);
	pthread_kill(main_thread, SIGUSR1);
	while (!handled)
		usleep(500);
	usleep(5000);
	if (writes && write(pipes[1], "x", 1) != 1)
		abort();
	return NULL;
}

static pthread_t prepare(int flags, int writes)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = flags };
	pthread_t t;

	handled = armed = 0;
	sigaction(SIGUSR1, &action, NULL);
	pthread_create(&t, NULL, sender, writes ? pipes : NULL);
	armed = 1;
	return t;
}

int main(void)
{
	struct pollfd p;
	struct timespec longer = { 10, 0 };
	struct timeval tv = { 10, 0 };
	fd_set set;
	pthread_t t;
	char c;

	alarm(25);
	main_thread = pthread_self();
	CHECK(pipe(pipes) == 0);
	p = (struct pollfd){ .fd = pipes[0], .events = POLLIN };
	t = prepare(0, 0);
	CHECK(read(pipes[0], &c, 1) == -1 && errno == EINTR);
	pthread_join(t, NULL);
	t = prepare(SA_RESTART, 1);
	CHECK(read(pipes[0], &c, 1) == 1 && handled == 1);
	pthread_join(t, NULL);
	t = prepare(SA_RESTART, 0);
	CHECK(poll(&p, 1, 10000) == -1 && errno == EINTR);
	pthread_join(t, NULL);
	t = prepare(SA_RESTART, 0);
	FD_ZERO(&set);
	FD_SET(pipes[0], &set);
	CHECK(select(pipes[0] + 1, &set, NULL, NULL, &tv) == -1 && errno == EINTR);
	pthread_join(t, NULL);
	t = prepare(SA_RESTART, 0);
	CHECK(nanosleep(&longer, &longer) == -1 && errno == EINTR);
	CHECK(longer.tv_sec == 9);
	pthread_join(t, NULL);
	t = prepare(SA_RESTART, 0);
	CHECK(pause() == -1 && errno == EINTR);
	pthread_join(t, NULL);
	return check_status();
}
