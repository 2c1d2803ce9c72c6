/* A file larger than most caches, stored by one process and read by another, page by page. */
#include "map.h"

#define PAGES 600

int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-many_pages");

	int fd = file_of("f", PAGES * PAGE, 0);
	char *at = map(fd, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);
	int wrong = 0;
	pid_t child;
	unsigned char got;

	fflush(stdout);
	child = fork();
	if (child == 0) {
		for (int i = 0; i < PAGES; i += 2)
			at[i * PAGE + i] = i % 255 + 1;
		_exit(0);
	}
	for (int i = 1; i < PAGES; i += 2)
		at[i * PAGE + i] = i % 255 + 1;
	CHECK(wait_for(child) == 0);
	for (int i = 0; i < PAGES; i++) {
		wrong += (unsigned char)at[i * PAGE + i] != i % 255 + 1;
		if (i % 37 == 0)
			wrong += pread(fd, &got, 1, i * PAGE + i) != 1 || got != i % 255 + 1;
	}
	CHECK(wrong == 0);
	CHECK(munmap(at, PAGES * PAGE) == 0);
	CHECK(pread(fd, &got, 1, 5 * PAGE + 5) == 1 && got == 6);
	return check_status();
}
