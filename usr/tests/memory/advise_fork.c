/* MADV_DONTFORK: the child has not got it. MADV_WIPEONFORK: the child has zeros. DOFORK and KEEPONFORK take that back. */
#include "tests.h"

static char *block;

static int child_sees(void *argument)
{
	const char *expected = argument; /* one letter a page: 0 zeros, x content, - nothing */
	unsigned char vector[1];

	for (int i = 0; i < 4; i++) {
		char *page = block + i * PAGE_SIZE;
		int is_there = mincore(page, 1, vector) == 0;

		if (expected[i] == '-' ? is_there : !is_there)
			return 1;
		if (expected[i] != '-' && page[7] != (expected[i] == 'x' ? 'x' : 0))
			return 2;
		if (expected[i] == '0')
			page[7] = 'y'; /* it can be used */
	}
	return 0;
}

int main(void)
{
	char *shared = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	block = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	memset(block, 'x', 4 * PAGE_SIZE);
	CHECK(wait_for(start_child(child_sees, "xxxx")) == 0);
	CHECK(madvise(block + PAGE_SIZE, PAGE_SIZE, MADV_WIPEONFORK) == 0);
	CHECK(madvise(block + 2 * PAGE_SIZE, PAGE_SIZE, MADV_DONTFORK) == 0);
	CHECK(wait_for(start_child(child_sees, "x0-x")) == 0);
	CHECK(block[PAGE_SIZE] == 'x' && block[2 * PAGE_SIZE] == 'x');
	CHECK(madvise(block, 4 * PAGE_SIZE, MADV_DOFORK) == 0);
	CHECK(wait_for(start_child(child_sees, "x0xx")) == 0);
	CHECK(madvise(block, 4 * PAGE_SIZE, MADV_KEEPONFORK) == 0);
	CHECK(wait_for(start_child(child_sees, "xxxx")) == 0);

	CHECK(madvise(block, PAGE_SIZE, MADV_WIPEONFORK) == 0);
	CHECK(munmap(block, PAGE_SIZE) == 0);
	CHECK(mmap(block, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == block);
	block[7] = 'x'; /* another mapping at the same place is not meant */
	CHECK(wait_for(start_child(child_sees, "xxxx")) == 0);
	CHECK(madvise(shared, PAGE_SIZE, MADV_WIPEONFORK) == -1 && errno == EINVAL);
	return check_status();
}
