/* move_pages as a question: on which node pages are; and migrate_pages to where they are. */
#include "tests.h"

int main(void)
{
	char *block = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	void *pages[3] = {block, block + 2 * PAGE_SIZE, nowhere};
	int status[3] = {77, 77, 77};
	unsigned long node = 1;

	block[0] = 1;
	CHECK(syscall(SYS_move_pages, 0, 3UL, pages, NULL, status, 0) == 0);
	CHECK(status[0] == 0 && status[1] == -ENOENT && status[2] == -EFAULT);
	CHECK(syscall(SYS_move_pages, 0, 1UL, pages, NULL, status, 0x100) == -1 && errno == EINVAL);
	CHECK(syscall(SYS_move_pages, 0x3fffffff, 1UL, pages, NULL, status, 0) == -1 && errno == ESRCH);
	CHECK(syscall(SYS_migrate_pages, 0, 8UL, &node, &node) == 0);
	return check_status();
}
