/* A mapped file appears in /proc/self/maps with path, offset and rights. */
#include "text.h"

#include <sys/mman.h>


int main(int argc, char **argv)
{
	(void)argc; (void)argv;

	enter_scratch("proc-maps_of_file");
	int fd = open("mapped-file", O_RDWR | O_CREAT, 0600);

	CHECK(ftruncate(fd, 3 * 4096) == 0);
	char *at = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 4096);
	CHECK(at != MAP_FAILED);
	char *line = strstr(text_of("/proc/self/maps"), "mapped-file");
	CHECK(line != NULL);
	while (line[-1] != '\n')
		line--;
	unsigned long start, end, offset;
	char rights[5];
	CHECK(sscanf(line, "%lx-%lx %4s %lx", &start, &end, rights, &offset) == 4);
	CHECK((char *)start == at && end - start == 8192 && offset == 4096);
	CHECK(strcmp(rights, "rw-s") == 0);
	return check_status();
}
