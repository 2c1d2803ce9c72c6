#include "tests.h"
#include <sys/personality.h>

/* personality(2): 0xffffffff asks; a set value stays. */
int main(void)
{
	int old = personality(0xffffffff);

	CHECK(old >= 0);
	CHECK(personality(ADDR_NO_RANDOMIZE) == old);
	CHECK(personality(0xffffffff) == ADDR_NO_RANDOMIZE);
	CHECK(personality(old) == ADDR_NO_RANDOMIZE);
	return check_status();
}
