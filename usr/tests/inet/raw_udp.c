/* A raw UDP socket sends a packet with its UDP header to an ordinary socket, and sees what ordinary ones send. */
#include "raw.h"

int main(void)
{
	int raw = raw_socket(AF_INET, IPPROTO_UDP), to_port, from_port;
	int receiver = bound4(SOCK_DGRAM), sender = bound4(SOCK_DGRAM);
	struct sockaddr_in to = loop4(0), from;
	socklen_t size = sizeof(from);
	char packet[8 + 5], seen[256], data[16];
	struct udphdr *udp = (void *)packet;
	ssize_t length;

	alarm(20);
	to_port = port_of(receiver);
	from_port = port_of(sender);
	udp->source = htons(from_port);
	udp->dest = htons(to_port);
	udp->len = htons(sizeof(packet));
	udp->check = 0;
	memcpy(packet + 8, "hello", 5);
	CHECK(sendto(raw, packet, sizeof(packet), 0, (void *)&to, sizeof(to)) == sizeof(packet));
	CHECK(recvfrom(receiver, data, sizeof(data), 0, (void *)&from, &size) == 5 && memcmp(data, "hello", 5) == 0);
	CHECK(ntohs(from.sin_port) == from_port && from.sin_addr.s_addr == to.sin_addr.s_addr);
	to.sin_port = htons(to_port);
	CHECK(sendto(sender, "world!", 6, 0, (void *)&to, sizeof(to)) == 6);
	udp = (void *)(seen + 20);
	do
		length = recv(raw, seen, sizeof(seen), 0);
	while (length >= 28 && (length != 34 || ntohs(udp->dest) != to_port));
	CHECK(ntohs(udp->source) == from_port && ntohs(udp->len) == 14 && memcmp(udp + 1, "world!", 6) == 0);
	/* bad length in the header: nobody gets it */
	udp = (void *)packet;
	udp->len = htons(100);
	CHECK(sendto(raw, packet, sizeof(packet), 0, (void *)&to, sizeof(to)) == sizeof(packet));
	CHECK(recv(receiver, data, sizeof(data), 0) == 6);
	CHECK(recv(receiver, data, sizeof(data), MSG_DONTWAIT) == -1 && errno == EAGAIN);
	return check_status();
}
