/* /proc/net/tcp lists a listener; /proc/net/dev and /sys/class/net the interfaces. */
#include "inet.h"

static int file_has(const char *name, const char *text)
{
	static char data[65536];
	int fd = open(name, O_RDONLY), got = 0, one;

	while (fd >= 0 && got < (int)sizeof(data) - 1 && (one = read(fd, data + got, sizeof(data) - 1 - got)) > 0)
		got += one;
	data[got] = 0;
	close(fd);
	return strstr(data, text) != NULL;
}

int main(void)
{
	char line[64];
	int listener = listener4(3);

	snprintf(line, sizeof(line), ": 0100007F:%04X 00000000:0000 0A ", port_of(listener));
	CHECK(file_has("/proc/net/tcp", line));
	close(listener);
	CHECK(!file_has("/proc/net/tcp", line));
	CHECK(file_has("/proc/net/dev", "    lo: "));
	CHECK(file_has("/proc/net/if_inet6", "00000000000000000000000000000001 01 80 10 "));
	CHECK(file_has("/proc/net/igmp", "\t\t\t\t010000E0     1 0:00000000\t\t0"));
	CHECK(file_has("/proc/net/igmp6", "1    lo              ff020000000000000000000000000001     1 0000000C 0"));
	CHECK(file_has("/sys/class/net/lo/mtu", "65536") && file_has("/sys/class/net/lo/address", "00:00:00:00:00:00"));
	CHECK(access("/proc/net/udp", R_OK) == 0 && access("/proc/net/tcp6", R_OK) == 0);
	return check_status();
}
