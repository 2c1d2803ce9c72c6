/* Atomic additions by several processes to a word of a file all count. */
#include "map.h"

#define PROCESSES 3
#define TIMES 2000

int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	alarm(120);
	enter_scratch("mapfile-atomic_counter");

	int fd = file_of("f", PAGE, 0);
	pid_t child[PROCESSES];
	int value;

	fflush(stdout);
	for (int i = 0; i < PROCESSES; i++) {
		child[i] = fork();
		if (child[i] == 0) {
			int *at = (int *)map(open("f", O_RDWR), PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);

			for (int n = 0; n < TIMES; n++)
				__atomic_add_fetch(at, 1, __ATOMIC_SEQ_CST);
			_exit(0);
		}
	}
	for (int i = 0; i < PROCESSES; i++)
		CHECK(wait_for(child[i]) == 0);
	CHECK(pread(fd, &value, sizeof(value), 0) == sizeof(value) && value == PROCESSES * TIMES);
	return check_status();
}
