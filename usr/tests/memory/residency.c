/* mincore: touched pages of anonymous memory are resident, untouched and dropped ones are not. */
#include "tests.h"

int main(void)
{
	unsigned char vector[8];
	char *block = mmap(NULL, 8 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	block[PAGE_SIZE] = 1;
	block[5 * PAGE_SIZE] = 1;
	CHECK(mincore(block, 8 * PAGE_SIZE, vector) == 0);
	for (int i = 0; i < 8; i++)
		CHECK((vector[i] & 1) == (i == 1 || i == 5));
	CHECK(madvise(block, 4 * PAGE_SIZE, MADV_DONTNEED) == 0);
	CHECK(mincore(block, 8 * PAGE_SIZE, vector) == 0);
	CHECK(!(vector[1] & 1) && (vector[5] & 1));
	return check_status();
}
