/* gettid(2), getpid(2) and /proc/self/task of threads. */
#include "tests.h"

#include <dirent.h>
#include <pthread.h>

static pthread_barrier_t ready, done;
static pid_t tids[4];

static void *work(void *arg)
{
	tids[(long)arg] = syscall(SYS_gettid);
	pthread_barrier_wait(&ready);
	pthread_barrier_wait(&done);
	return (void *)(long)(getpid());
}

static int tasks(void)
{
	DIR *dir = opendir("/proc/self/task");
	struct dirent *entry;
	int count = 0;

	while (dir && (entry = readdir(dir)))
		count += entry->d_name[0] != '.';
	if (dir)
		closedir(dir);
	return count;
}

int main(void)
{
	pthread_t threads[4];
	int differ = 1, same_pid = 1;
	char path[64];

	alarm(30);
	pthread_barrier_init(&ready, NULL, 5);
	pthread_barrier_init(&done, NULL, 5);
	CHECK(syscall(SYS_gettid) == getpid());
	CHECK(tasks() == 1);
	for (long i = 0; i < 4; i++)
		pthread_create(&threads[i], NULL, work, (void *)i);
	pthread_barrier_wait(&ready);
	CHECK(tasks() == 5);
	for (int i = 0; i < 4; i++) {
		differ &= tids[i] != getpid() && tids[i] > 0;
		for (int j = 0; j < i; j++)
			differ &= tids[i] != tids[j];
		snprintf(path, sizeof(path), "/proc/self/task/%d/status", tids[i]);
		differ &= access(path, R_OK) == 0;
	}
	CHECK(differ);
	pthread_barrier_wait(&done);
	for (int i = 0; i < 4; i++) {
		void *pid;

		pthread_join(threads[i], &pid);
		same_pid &= (long)pid == getpid();
	}
	CHECK(same_pid);
	CHECK(syscall(SYS_tgkill, getpid(), getpid(), 0) == 0);
	return check_status();
}
