#include "tests.h"

/* The stack grows by itself far below where it began. */
int main(void)
{
	volatile char deep[1 << 20];
	size_t i;

	for (i = 0; i < sizeof(deep); i += PAGE_SIZE)
		deep[sizeof(deep) - 1 - i] = (char)i;
	CHECK(deep[0] == 0 || deep[0] != 0);
	CHECK(deep[sizeof(deep) - 1] == 0);
	return check_status();
}
