/* getrandom: lengths, flags, refusals, and that the bytes look random. */
#include <sys/random.h>

#include "check.h"

int main(void)
{
	static unsigned char bytes[100000];
	unsigned counts[256] = { 0 }, low = -1U, high = 0;

	for (size_t done = 0; done < sizeof(bytes);) {
		ssize_t n = getrandom(bytes + done, sizeof(bytes) - done, 0);

		if (n <= 0)
			check_fatal("getrandom");
		done += n;
	}
	for (size_t i = 0; i < sizeof(bytes); i++)
		counts[bytes[i]]++;
	for (int i = 0; i < 256; i++) {
		low = counts[i] < low ? counts[i] : low;
		high = counts[i] > high ? counts[i] : high;
	}
	CHECK(low > 250 && high < 550); /* 390 expected, deviation 20 */
	CHECK(getrandom(bytes, 0, 0) == 0);
	CHECK(getrandom(bytes, 256, GRND_NONBLOCK) == 256);
	SHOW(getrandom(bytes, 1, 0x100));
	SHOW(getrandom(nowhere, 16, 0));
	return check_status();
}
