/* A raw ICMP socket sees requests and replies with their IP header (raw(7)). */
#include "raw.h"

/* The next packet that carries our identifier. */
static struct icmphdr *next(int fd, char *packet, size_t size, int id, ssize_t *length)
{
	for (;;) {
		struct iphdr *ip = (void *)packet;
		struct icmphdr *icmp;

		*length = recv(fd, packet, size, 0);
		if (*length < (ssize_t)(sizeof(*ip) + sizeof(*icmp)))
			return NULL;
		icmp = (void *)(packet + ip->ihl * 4);
		if (ntohs(icmp->un.echo.id) == id)
			return icmp;
	}
}

int main(void)
{
	int fd = raw_socket(AF_INET, IPPROTO_ICMP), id = getpid() & 0x7fff, ttl = 33;
	struct sockaddr_in to = loop4(0);
	char packet[56], seen[2048];
	struct iphdr *ip = (void *)seen;
	struct icmphdr *icmp;
	ssize_t length;

	alarm(20);
	CHECK(port_of(fd) == IPPROTO_ICMP);
	CHECK(setsockopt(fd, IPPROTO_IP, IP_TTL, &ttl, sizeof(ttl)) == 0);
	make_echo((void *)packet, sizeof(packet), ICMP_ECHO, id, 5);
	CHECK(sendto(fd, packet, sizeof(packet), 0, (void *)&to, sizeof(to)) == sizeof(packet));
	icmp = next(fd, seen, sizeof(seen), id, &length);
	CHECK(icmp != NULL && icmp->type == ICMP_ECHO && length == 20 + sizeof(packet));
	CHECK(ip->version == 4 && ip->ihl == 5 && ip->ttl == 33 && ip->protocol == IPPROTO_ICMP);
	CHECK(ntohs(ip->tot_len) == length && ip->saddr == to.sin_addr.s_addr && ip->daddr == to.sin_addr.s_addr);
	CHECK(internet_sum(ip, 20) == 0);
	icmp = next(fd, seen, sizeof(seen), id, &length);
	CHECK(icmp != NULL && icmp->type == ICMP_ECHOREPLY && ntohs(icmp->un.echo.sequence) == 5 && ip->ttl == 64);
	CHECK(internet_sum(icmp, sizeof(packet)) == 0);
	/* one with a wrong checksum gets no answer, but is seen */
	((struct icmphdr *)packet)->checksum ^= 1;
	CHECK(sendto(fd, packet, sizeof(packet), 0, (void *)&to, sizeof(to)) == sizeof(packet));
	make_echo((void *)packet, sizeof(packet), ICMP_ECHO, id, 6);
	CHECK(sendto(fd, packet, sizeof(packet), 0, (void *)&to, sizeof(to)) == sizeof(packet));
	icmp = next(fd, seen, sizeof(seen), id, &length);
	CHECK(icmp != NULL && icmp->type == ICMP_ECHO && ntohs(icmp->un.echo.sequence) == 5);
	icmp = next(fd, seen, sizeof(seen), id, &length);
	CHECK(icmp != NULL && icmp->type == ICMP_ECHO && ntohs(icmp->un.echo.sequence) == 6);
	icmp = next(fd, seen, sizeof(seen), id, &length);
	CHECK(icmp != NULL && icmp->type == ICMP_ECHOREPLY && ntohs(icmp->un.echo.sequence) == 6);
	return check_status();
}
