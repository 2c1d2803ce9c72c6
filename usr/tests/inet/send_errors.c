/* Sending where it cannot work. */
#include "inet.h"

int main(void)
{
	struct sockaddr_in to = loop4(0);
	int tcp = socket(AF_INET, SOCK_STREAM, 0), udp = socket(AF_INET, SOCK_DGRAM, 0), listener = listener4(1);
	static char large[65508];

	signal(SIGPIPE, SIG_IGN);
	CHECK(send(tcp, "x", 1, 0) == -1 && errno == EPIPE);
	CHECK(recv(tcp, large, 1, 0) == -1 && errno == ENOTCONN);
	CHECK(send(listener, "x", 1, 0) == -1 && errno == EPIPE);
	CHECK(recv(listener, large, 1, 0) == -1 && errno == ENOTCONN);
	CHECK(sendto(udp, "x", 1, 0, (struct sockaddr *)&to, sizeof(to)) == -1 && errno == EINVAL);
	to = loop4(port_of(bound4(SOCK_DGRAM)));
	CHECK(sendto(udp, large, sizeof(large), 0, (struct sockaddr *)&to, sizeof(to)) == -1 && errno == EMSGSIZE);
	CHECK(sendto(udp, large, 65507, 0, (struct sockaddr *)&to, sizeof(to)) == 65507);
	CHECK(sendto(udp, "x", 1, 0, (struct sockaddr *)&to, 7) == -1 && errno == EINVAL);
	CHECK(sendto(udp, "x", 1, MSG_OOB, (struct sockaddr *)&to, sizeof(to)) == -1 && errno == EOPNOTSUPP);
	CHECK(shutdown(tcp, SHUT_RDWR) == -1 && errno == ENOTCONN);
	CHECK(shutdown(tcp, 3) == -1 && errno == EINVAL);
	CHECK(recv(udp, large, 1, MSG_DONTWAIT) == -1 && errno == EAGAIN);
	return check_status();
}
