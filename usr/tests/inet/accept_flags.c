/* accept4(2): flags are the new socket's own; without them nothing is inherited. */
#include "inet.h"

int main(void)
{
	int listener = listener4(2);
	int one = socket(AF_INET, SOCK_STREAM, 0);
	int two = socket(AF_INET, SOCK_STREAM, 0);
	int plain, flagged;

	alarm(20);
	CHECK(fcntl(listener, F_SETFL, O_NONBLOCK) == 0);
	CHECK(connect4(one, port_of(listener)) == 0 && connect4(two, port_of(listener)) == 0);
	CHECK(events_of(listener, POLLIN, 10000) == POLLIN);
	plain = accept(listener, NULL, NULL);
	flagged = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	CHECK((fcntl(plain, F_GETFL) & O_NONBLOCK) == 0 && fcntl(plain, F_GETFD) == 0);
	CHECK((fcntl(flagged, F_GETFL) & O_NONBLOCK) != 0 && fcntl(flagged, F_GETFD) == FD_CLOEXEC);
	return check_status();
}
