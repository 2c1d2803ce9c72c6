/* MADV_POPULATE_READ and MADV_POPULATE_WRITE make pages present, and say when that is impossible. */
#include "tests.h"

#ifndef MADV_POPULATE_READ
#define MADV_POPULATE_READ 22
#define MADV_POPULATE_WRITE 23
#endif

int main(void)
{
	unsigned char vector[4];
	char *block = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(mincore(block, 4 * PAGE_SIZE, vector) == 0);
	CHECK((vector[0] & 1) == 0 && (vector[3] & 1) == 0);
	CHECK(madvise(block, 2 * PAGE_SIZE, MADV_POPULATE_WRITE) == 0);
	CHECK(mincore(block, 4 * PAGE_SIZE, vector) == 0);
	CHECK((vector[0] & 1) && (vector[1] & 1) && !(vector[2] & 1) && !(vector[3] & 1));
	CHECK(madvise(block + 2 * PAGE_SIZE, 2 * PAGE_SIZE, MADV_POPULATE_READ) == 0);
	CHECK(block[3 * PAGE_SIZE] == 0);
	CHECK(mprotect(block, PAGE_SIZE, PROT_READ) == 0);
	CHECK(madvise(block, PAGE_SIZE, MADV_POPULATE_WRITE) == -1 && errno == EINVAL);
	CHECK(munmap(block + PAGE_SIZE, PAGE_SIZE) == 0);
	CHECK(madvise(block, 4 * PAGE_SIZE, MADV_POPULATE_READ) == -1 && errno == ENOMEM);
	return check_status();
}
