#include "tests.h"

/* A thousand mappings of one page with gaps, then all gone. */
int main(void)
{
	enum { COUNT = 1000 };
	static char *pages[COUNT];
	char *area = mmap(NULL, 2 * COUNT * PAGE_SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	int i, wrong = 0;

	for (i = 0; i < COUNT; i++) {
		pages[i] = mmap(area + 2 * i * PAGE_SIZE, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
		*(int *)pages[i] = i;
	}
	for (i = 0; i < COUNT; i++)
		wrong += *(int *)pages[i] != i;
	CHECK(wrong == 0);
	CHECK(munmap(area, 2 * COUNT * PAGE_SIZE) == 0);
	CHECK(msync(area, 2 * COUNT * PAGE_SIZE, MS_ASYNC) == -1 && errno == ENOMEM);
	return check_status();
}
