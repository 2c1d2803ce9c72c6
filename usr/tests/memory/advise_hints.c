#include "tests.h"

/* madvise(2): hints are accepted and change nothing that can be seen. */
int main(void)
{
	static const int hints[] = {MADV_NORMAL, MADV_RANDOM, MADV_SEQUENTIAL, MADV_WILLNEED, MADV_DONTDUMP, MADV_DODUMP, MADV_DONTFORK, MADV_DOFORK};
	char *p = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	size_t i;

	*p = 5;
	for (i = 0; i < sizeof(hints) / sizeof(*hints); i++)
		CHECK(madvise(p, PAGE_SIZE, hints[i]) == 0);
	CHECK(*p == 5);
	return check_status();
}
