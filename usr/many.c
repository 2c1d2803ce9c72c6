/* many PROCESSES THREADS: so many children and so many threads at once, all asleep; then all are asked for a sign of life and end. */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int go[2], alive[2], end[2];
static pthread_barrier_t asleep, ending;

static void child(void) {
	char c = 0;

	close(end[1]);
	while (read(go[0], &c, 1) < 0 && errno == EINTR)
		;
	if (c && write(alive[1], "x", 1) != 1) /* asked for a sign */
		_exit(1);
	while (read(end[0], &c, 1) > 0) /* the parent closes its side */
		;
	_exit(0);
}

static int processes(int wanted) {
	int made = 0, signs = 0, ended = 0, status;
	char c;

	if (pipe(go) || pipe(alive) || pipe(end))
		return 1;
	fflush(stdout);
	for (; made < wanted; made++) {
		pid_t pid = fork();

		if (pid == 0)
			child();
		if (pid < 0)
			break;
	}
	printf("%d processes%s%s\n", made, made < wanted ? ": " : "", made < wanted ? strerror(errno) : "");
	for (int i = 0; i < made; i++)
		if (write(go[1], "x", 1) != 1)
			break;
	while (signs < made && read(alive[0], &c, 1) == 1)
		signs++;
	printf("%d alive\n", signs);
	close(end[1]);
	while (wait(&status) > 0)
		ended += WIFEXITED(status) && WEXITSTATUS(status) == 0;
	printf("%d ended\n", ended);
	return signs != made || ended != made;
}

static void *thread(void *arg) {
	pthread_barrier_wait(&asleep);
	pthread_barrier_wait(&ending);
	return arg;
}

static int threads(int wanted) {
	pthread_t *made = calloc(wanted, sizeof *made);
	pthread_attr_t attr;
	int n = 0, joined = 0, error = 0;

	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, 64 << 10);
	pthread_barrier_init(&asleep, NULL, wanted + 1);
	pthread_barrier_init(&ending, NULL, wanted + 1);
	for (; n < wanted; n++) {
		error = pthread_create(&made[n], &attr, thread, NULL);
		if (error)
			break;
	}
	printf("%d threads%s%s\n", n, error ? ": " : "", error ? strerror(error) : "");
	if (n < wanted)
		return 1;
	pthread_barrier_wait(&asleep);
	pthread_barrier_wait(&ending);
	for (int i = 0; i < n; i++)
		joined += pthread_join(made[i], NULL) == 0;
	printf("%d joined\n", joined);
	return joined != n;
}

int main(int argc, char **argv) {
	int failed = 0;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc > 1)
		failed |= processes(atoi(argv[1]));
	if (argc > 2)
		failed |= threads(atoi(argv[2]));
	return failed;
}
