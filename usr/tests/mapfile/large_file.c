/* Each page of a larger mapping has its own content, in any order. */
#include "map.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-large_file");

	int fd = open("f", O_RDWR | O_CREAT, 0644);
	int pages = 600;
	int order = 0;

	for (int i = 0; i < pages; i++) {
		int content[PAGE / sizeof(int)];

		for (size_t k = 0; k < PAGE / sizeof(int); k++)
			content[k] = i * 1000 + (int)k;
		CHECK(write(fd, content, PAGE) == PAGE);
	}
	char *at = map(fd, (size_t)pages * PAGE, PROT_READ, MAP_SHARED);
	for (int i = 0; i < pages; i++) {
		order = (order + 257) % pages;
		CHECK(*(int *)(at + (size_t)order * PAGE + 400) == order * 1000 + 100);
	}
	return check_status();
}
