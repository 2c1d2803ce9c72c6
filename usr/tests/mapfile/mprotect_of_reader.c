/* mprotect(2) gives no right to write to a file that was opened for reading. */
#include "map.h"

int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-mprotect_of_reader");

	close(file_of("f", PAGE, 'a'));
	int fd = open("f", O_RDONLY);
	int both = open("f", O_RDWR);
	char *shared = map(fd, PAGE, PROT_READ, MAP_SHARED);
	char *private = map(fd, PAGE, PROT_READ, MAP_PRIVATE);
	char *writable = map(both, PAGE, PROT_READ, MAP_SHARED);

	CHECK(mprotect(shared, PAGE, PROT_READ | PROT_WRITE) == -1 && errno == EACCES);
	CHECK(mprotect(shared, PAGE, PROT_NONE) == 0 && fault_of_read(shared) == SIGSEGV);
	CHECK(mprotect(shared, PAGE, PROT_READ) == 0 && shared[0] == 'a');
	CHECK(mprotect(private, PAGE, PROT_READ | PROT_WRITE) == 0);
	private[0] = 'p';
	CHECK(mprotect(writable, PAGE, PROT_READ | PROT_WRITE) == 0);
	writable[1] = 'w';
	CHECK(shared[0] == 'a' && shared[1] == 'w' && private[0] == 'p');
	return check_status();
}
