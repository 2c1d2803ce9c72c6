/* remap_file_pages(2): pages of a shared mapping in another order. */
#include "tests.h"

#define PAGE 4096

int main(void)
{
	int fd = memfd_create("pages", 0), i;
	char *shared, *private;

	alarm(20);
	CHECK(ftruncate(fd, 3 * PAGE) == 0);
	shared = mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	private = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	CHECK(shared != MAP_FAILED && private != MAP_FAILED);
	for (i = 0; i < 3; i++)
		shared[i * PAGE] = 'a' + i;
	CHECK(remap_file_pages(shared, PAGE, 0, 2, 0) == 0);
	CHECK(shared[0] == 'c' && shared[PAGE] == 'b' && shared[2 * PAGE] == 'c');
	shared[0] = 'z';
	CHECK(shared[2 * PAGE] == 'z');
	CHECK(remap_file_pages(shared + 2 * PAGE, PAGE, 0, 0, 0) == 0 && shared[2 * PAGE] == 'a');
	CHECK(remap_file_pages(shared, PAGE, PROT_READ, 0, 0) == -1 && errno == EINVAL);
	CHECK(remap_file_pages(private, PAGE, 0, 0, 0) == -1 && errno == EINVAL);
	CHECK(remap_file_pages(shared, 0, 0, 0, 0) == -1 && errno == EINVAL);
	return check_status();
}
