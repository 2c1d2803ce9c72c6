/* What was stored is in the file after execve, and after the death of the process. */
#include "map.h"

int main(int argc, char **argv)
{
	char got[2];

	if (argc > 1)
		return pread(open("f", O_RDONLY), got, 2, 10) == 2 && got[0] == 'x' && got[1] == 'a' ? 0 : 1;
	enter_scratch("mapfile-store_survives_exec");

	int fd = file_of("f", PAGE, 'a');
	pid_t child;

	fflush(stdout);
	child = fork();
	if (child == 0) {
		char *at = map(fd, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);

		close(fd);
		at[10] = 'x';
		_exit(reexec("store_survives_exec", "again", NULL));
	}
	CHECK(wait_for(child) == 0);
	child = fork();
	if (child == 0) {
		char *at = map(fd, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);

		at[11] = 'k';
		raise(SIGKILL);
	}
	CHECK(wait_for(child) == 128 + SIGKILL);
	CHECK(pread(fd, got, 2, 10) == 2 && got[0] == 'x' && got[1] == 'k');
	(void)argv;
	return check_status();
}
