/* What the tests of raw and ping sockets share: the checksum, echo requests, and a network where ping sockets are allowed. */
#ifndef LEGOOS_TESTS_RAW_H
#define LEGOOS_TESTS_RAW_H

#include "inet.h"
#include <net/if.h>
#include <netinet/icmp6.h>
#include <netinet/ip.h>
#include <netinet/ip_icmp.h>
#include <netinet/udp.h>

static inline unsigned short internet_sum(const void *data, size_t length)
{
	const unsigned char *bytes = data;
	unsigned long sum = 0;
	size_t i;

	for (i = 0; i + 1 < length; i += 2)
		sum += bytes[i] << 8 | bytes[i + 1];
	if (length & 1)
		sum += bytes[length - 1] << 8;
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return htons(~sum & 0xffff);
}

static inline void make_echo(struct icmphdr *echo, size_t length, int type, int id, int sequence)
{
	memset(echo, 0x5a, length);
	echo->type = type;
	echo->code = 0;
	echo->checksum = 0;
	echo->un.echo.id = htons(id);
	echo->un.echo.sequence = htons(sequence);
	echo->checksum = internet_sum(echo, length);
}

/* A network of one's own, where the host lets one do nothing in its; in a node, which has none of that, all is allowed. */
static inline int private_network(void)
{
	struct ifreq lo = {.ifr_name = "lo", .ifr_flags = IFF_UP};
	int fd, range;

	if (unshare(geteuid() == 0 ? CLONE_NEWNET : CLONE_NEWUSER | CLONE_NEWNET) != 0)
		return -1;
	range = open("/proc/sys/net/ipv4/ping_group_range", O_WRONLY);
	if (write(range, "0 2147483647", 12) != 12) /* without a map for the others: one's own group */
		(void)!write(range, "0 0", 3);
	close(range);
	fd = socket(AF_INET, SOCK_DGRAM, 0);
	if (ioctl(fd, SIOCSIFFLAGS, &lo) != 0)
		return -1;
	return close(fd);
}

/* A raw socket, or an ICMP datagram socket. */
static inline int special_socket(int family, int type, int protocol)
{
	int fd = socket(family, type, protocol);

	if (fd < 0 && (errno == EPERM || errno == EACCES) && private_network() == 0)
		fd = socket(family, type, protocol);
	if (fd < 0)
		check_fatal("raw or ping socket");
	return fd;
}

static inline int raw_socket(int family, int protocol)
{
	return special_socket(family, SOCK_RAW, protocol);
}

static inline int ping_socket(int family, int protocol)
{
	return special_socket(family, SOCK_DGRAM, protocol);
}

#endif
