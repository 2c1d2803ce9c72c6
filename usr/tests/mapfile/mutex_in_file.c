/* A process-shared mutex and condition in a file work between processes that map it on their own. */
#include "map.h"

#include <pthread.h>

struct shared {
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	int turn;
};

static void take_turns(int me)
{
	struct shared *s = (struct shared *)map(open("f", O_RDWR), PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);

	for (int i = 0; i < 20; i++) {
		pthread_mutex_lock(&s->mutex);
		while (s->turn % 2 != me)
			pthread_cond_wait(&s->changed, &s->mutex);
		s->turn++;
		pthread_cond_broadcast(&s->changed);
		pthread_mutex_unlock(&s->mutex);
	}
}

int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	alarm(120);
	enter_scratch("mapfile-mutex_in_file");

	int fd = file_of("f", PAGE, 0);
	struct shared *s = (struct shared *)map(fd, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);
	pthread_mutexattr_t mutex;
	pthread_condattr_t cond;
	pid_t child;

	pthread_mutexattr_init(&mutex);
	pthread_mutexattr_setpshared(&mutex, PTHREAD_PROCESS_SHARED);
	pthread_mutex_init(&s->mutex, &mutex);
	pthread_condattr_init(&cond);
	pthread_condattr_setpshared(&cond, PTHREAD_PROCESS_SHARED);
	pthread_cond_init(&s->changed, &cond);
	fflush(stdout);
	child = fork();
	if (child == 0) {
		take_turns(1);
		_exit(0);
	}
	take_turns(0);
	CHECK(wait_for(child) == 0);
	CHECK(s->turn == 40);
	return check_status();
}
