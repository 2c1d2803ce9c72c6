/* An IPv6 socket bound to :: takes IPv4 connections; they show as mapped addresses. */
#include "inet.h"

int main(void)
{
	struct sockaddr_in6 any = {.sin6_family = AF_INET6}, peer;
	socklen_t length = sizeof(peer);
	int listener = socket(AF_INET6, SOCK_STREAM, 0), client = socket(AF_INET, SOCK_STREAM, 0), fd, other;
	char text[64];

	alarm(20);
	CHECK(set_option(listener, IPPROTO_IPV6, IPV6_V6ONLY, 0) == 0);
	CHECK(bind(listener, (struct sockaddr *)&any, sizeof(any)) == 0 && listen(listener, 1) == 0);
	CHECK(connect4(client, port_of(listener)) == 0);
	fd = accept(listener, (struct sockaddr *)&peer, &length);
	CHECK(fd >= 0 && length == sizeof(peer) && peer.sin6_family == AF_INET6);
	CHECK(IN6_IS_ADDR_V4MAPPED(&peer.sin6_addr));
	puts(inet_ntop(AF_INET6, &peer.sin6_addr, text, sizeof(text)));
	other = socket(AF_INET, SOCK_STREAM, 0);
	CHECK(bind4(other, port_of(listener)) == -1 && errno == EADDRINUSE);
	return check_status();
}
