/* A UDP packet to a port that nobody has makes an ICMP message, which quotes it. */
#include "raw.h"

int main(void)
{
	int raw = raw_socket(AF_INET, IPPROTO_ICMP), closed = bound4(SOCK_DGRAM), sender = bound4(SOCK_DGRAM);
	struct sockaddr_in to = loop4(port_of(closed));
	int port = port_of(sender);
	char seen[1024];
	struct icmphdr *icmp = (void *)(seen + 20);
	struct iphdr *quoted = (void *)(seen + 28);
	struct udphdr *udp = (void *)(seen + 48);
	ssize_t length;

	alarm(20);
	close(closed);
	CHECK(sendto(sender, "lost", 4, 0, (void *)&to, sizeof(to)) == 4);
	do
		length = recv(raw, seen, sizeof(seen), 0);
	while (length >= 56 && (icmp->type != ICMP_DEST_UNREACH || udp->dest != to.sin_port));
	CHECK(length == 20 + 8 + 20 + 8 + 4 && icmp->code == ICMP_PORT_UNREACH);
	CHECK(quoted->protocol == IPPROTO_UDP && quoted->daddr == to.sin_addr.s_addr && ntohs(udp->source) == port);
	CHECK(memcmp(udp + 1, "lost", 4) == 0 && internet_sum(icmp, length - 20) == 0);
	return check_status();
}
