/* /proc/self/statm: seven numbers, resident not more than total. */
#include "text.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;

	long n[7];

	CHECK(sscanf(text_of("/proc/self/statm"), "%ld %ld %ld %ld %ld %ld %ld", &n[0], &n[1], &n[2], &n[3], &n[4], &n[5], &n[6]) == 7);
	CHECK(n[0] > 0 && n[1] > 0 && n[1] <= n[0] && n[4] == 0 && n[6] == 0);
	return check_status();
}
