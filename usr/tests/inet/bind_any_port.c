/* Port 0 gives each socket another free port; the wildcard address stays what it is. */
#include "inet.h"

int main(void)
{
	struct sockaddr_in name, any = {.sin_family = AF_INET};
	socklen_t length = sizeof(name);
	int one = bound4(SOCK_STREAM), two = bound4(SOCK_STREAM), wild = socket(AF_INET, SOCK_STREAM, 0);

	CHECK(port_of(one) != 0 && port_of(two) != 0 && port_of(one) != port_of(two));
	CHECK(port_of(one) >= 1024);
	CHECK(getsockname(wild, (struct sockaddr *)&name, &length) == 0);
	CHECK(name.sin_port == 0 && name.sin_addr.s_addr == 0 && length == sizeof(name));
	CHECK(bind(wild, (struct sockaddr *)&any, sizeof(any)) == 0);
	CHECK(getsockname(wild, (struct sockaddr *)&name, &length) == 0);
	CHECK(name.sin_port != 0 && name.sin_addr.s_addr == 0);
	return check_status();
}
