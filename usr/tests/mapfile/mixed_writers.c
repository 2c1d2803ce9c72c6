/* One process stores into a page, another writes to its other bytes: nothing is lost. */
#include "map.h"

#define ROUNDS 300

int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	alarm(120);
	enter_scratch("mapfile-mixed_writers");

	int fd = file_of("f", 2 * PAGE, 0);
	unsigned char *at = (unsigned char *)map(fd, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);
	unsigned char got[2 * PAGE];
	int wrong = 0;
	pid_t child;

	fflush(stdout);
	child = fork();
	if (child == 0) {
		for (int i = 0; i < ROUNDS; i++) {
			unsigned char byte = i % 251 + 1;

			if (pwrite(fd, &byte, 1, 2 * i + 1 + (i % 2) * PAGE) != 1)
				_exit(1);
		}
		_exit(0);
	}
	for (int i = 0; i < ROUNDS; i++) {
		at[2 * i + (i % 2) * PAGE] = i % 239 + 1;
		if (i % 8 == 0)
			sched_yield();
	}
	CHECK(wait_for(child) == 0);
	CHECK(pread(fd, got, sizeof(got), 0) == sizeof(got));
	for (int i = 0; i < ROUNDS; i++) {
		int base = 2 * i + (i % 2) * PAGE;

		wrong += got[base] != i % 239 + 1 || got[base + 1] != i % 251 + 1;
		wrong += at[base] != got[base] || at[base + 1] != got[base + 1];
	}
	CHECK(wrong == 0);
	return check_status();
}
