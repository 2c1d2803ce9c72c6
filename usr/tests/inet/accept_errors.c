/* accept(2) where no connection can come from. */
#include "inet.h"

int main(void)
{
	int plain = socket(AF_INET, SOCK_STREAM, 0);
	int datagram = bound4(SOCK_DGRAM);
	int listener = listener4(1);

	CHECK(accept(plain, NULL, NULL) == -1 && errno == EINVAL);
	CHECK(accept(datagram, NULL, NULL) == -1 && errno == EOPNOTSUPP);
	CHECK(accept(0x7fff, NULL, NULL) == -1 && errno == EBADF);
	CHECK(fcntl(listener, F_SETFL, O_NONBLOCK) == 0);
	CHECK(accept(listener, NULL, NULL) == -1 && errno == EAGAIN);
	CHECK(accept4(listener, NULL, NULL, 1) == -1 && errno == EINVAL);
	CHECK(listen(datagram, 1) == -1 && errno == EOPNOTSUPP);
	return check_status();
}
