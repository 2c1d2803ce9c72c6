/* Closing a listener resets what it had not accepted; its port refuses from then on. */
#include "inet.h"

int main(void)
{
	int listener = listener4(4), port = port_of(listener), client = socket(AF_INET, SOCK_STREAM, 0);
	int late = socket(AF_INET, SOCK_STREAM, 0);
	char byte;

	alarm(20);
	CHECK(connect4(client, port) == 0);
	close(listener);
	CHECK(read(client, &byte, 1) == -1 && errno == ECONNRESET);
	CHECK(read(client, &byte, 1) == 0);
	CHECK(connect4(late, port) == -1 && errno == ECONNREFUSED);
	return check_status();
}
