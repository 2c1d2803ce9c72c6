/* IP_HDRINCL: the program makes the IP header; the kernel fills in length, checksum, and source and id that are 0. */
#include "raw.h"

#define PROTOCOL 253 /* for experiments: RFC 3692 */

int main(void)
{
	int in = raw_socket(AF_INET, PROTOCOL), out = raw_socket(AF_INET, IPPROTO_RAW), on = 1, value = 0;
	struct sockaddr_in to = loop4(0);
	socklen_t size = sizeof(value);
	char packet[24] = {0}, seen[256];
	struct iphdr *ip = (void *)packet, *got = (void *)seen;

	alarm(20);
	CHECK(getsockopt(out, IPPROTO_IP, IP_HDRINCL, &value, &size) == 0 && value == 1);
	CHECK(getsockopt(in, IPPROTO_IP, IP_HDRINCL, &value, &size) == 0 && value == 0);
	ip->version = 4;
	ip->ihl = 5;
	ip->ttl = 9;
	ip->tos = 0x20;
	ip->protocol = PROTOCOL;
	ip->daddr = to.sin_addr.s_addr;
	memcpy(packet + 20, "data", 4);
	CHECK(sendto(out, packet, sizeof(packet), 0, (void *)&to, sizeof(to)) == sizeof(packet));
	CHECK(recv(in, seen, sizeof(seen), 0) == sizeof(packet));
	CHECK(got->ttl == 9 && got->tos == 0x20 && got->protocol == PROTOCOL && ntohs(got->tot_len) == sizeof(packet));
	CHECK(got->saddr == to.sin_addr.s_addr && got->id != 0 && internet_sum(got, 20) == 0);
	CHECK(memcmp(seen + 20, "data", 4) == 0);
	/* by option, on a socket of the protocol itself */
	CHECK(setsockopt(in, IPPROTO_IP, IP_HDRINCL, &on, sizeof(on)) == 0);
	ip->ttl = 10;
	CHECK(sendto(in, packet, sizeof(packet), 0, (void *)&to, sizeof(to)) == sizeof(packet));
	CHECK(recv(in, seen, sizeof(seen), 0) == sizeof(packet) && got->ttl == 10);
	/* no header, or more header than packet */
	CHECK(sendto(out, packet, 8, 0, (void *)&to, sizeof(to)) == -1 && errno == EINVAL);
	ip->ihl = 15;
	CHECK(sendto(out, packet, sizeof(packet), 0, (void *)&to, sizeof(to)) == -1 && errno == EINVAL);
	CHECK(recv(out, seen, sizeof(seen), MSG_DONTWAIT) == -1 && errno == EAGAIN);
	return check_status();
}
