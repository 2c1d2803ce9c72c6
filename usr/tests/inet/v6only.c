/* With IPV6_V6ONLY both families have a port of their own. */
#include "inet.h"

int main(void)
{
	struct sockaddr_in6 any = {.sin6_family = AF_INET6};
	struct sockaddr_in any4 = {.sin_family = AF_INET};
	int six = socket(AF_INET6, SOCK_STREAM, 0), four = socket(AF_INET, SOCK_STREAM, 0), client = socket(AF_INET, SOCK_STREAM, 0);

	alarm(20);
	CHECK(set_option(six, IPPROTO_IPV6, IPV6_V6ONLY, 1) == 0);
	CHECK(bind(six, (struct sockaddr *)&any, sizeof(any)) == 0 && listen(six, 1) == 0);
	CHECK(connect4(client, port_of(six)) == -1 && errno == ECONNREFUSED);
	any4.sin_port = htons(port_of(six));
	CHECK(bind(four, (struct sockaddr *)&any4, sizeof(any4)) == 0 && listen(four, 1) == 0);
	CHECK(connect4(client, port_of(four)) == 0);
	CHECK(events_of(six, POLLIN, 0) == 0 && events_of(four, POLLIN, 10000) == POLLIN);
	return check_status();
}
