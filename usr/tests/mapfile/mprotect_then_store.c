/* A private read-only mapping may be made writable, a shared one of a reader not. */
#include "map.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-mprotect_then_store");

	close(file_of("f", PAGE, 'a'));
	int fd = open("f", O_RDONLY);
	char *own = map(fd, PAGE, PROT_READ, MAP_PRIVATE);

	CHECK(fault_of_write(own) == SIGSEGV);
	CHECK(mprotect(own, PAGE, PROT_READ | PROT_WRITE) == 0);
	own[0] = 'x';
	CHECK(own[0] == 'x');
	return check_status();
}
