/* All of 127.0.0.0/8 is this machine; sockets on different addresses of it do not meet. */
#include "inet.h"

int main(void)
{
	struct sockaddr_in two = loop4(0);
	int first = listener4(1), second = socket(AF_INET, SOCK_STREAM, 0), client = socket(AF_INET, SOCK_STREAM, 0);

	alarm(20);
	two.sin_addr.s_addr = htonl(0x7f000002);
	two.sin_port = htons(port_of(first));
	CHECK(bind(second, (struct sockaddr *)&two, sizeof(two)) == 0);
	CHECK(connect(client, (struct sockaddr *)&two, sizeof(two)) == -1 && errno == ECONNREFUSED);
	CHECK(listen(second, 1) == 0);
	CHECK(connect(client, (struct sockaddr *)&two, sizeof(two)) == 0);
	CHECK(events_of(first, POLLIN, 0) == 0);
	CHECK(events_of(second, POLLIN, 10000) == POLLIN);
	return check_status();
}
