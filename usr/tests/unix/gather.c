#include "tests.h"
#include <sys/socket.h>
#include <sys/uio.h>

/* writev to a datagram socket is one message; readv fills buffers in turn; large messages up to the send buffer. */
int main(void)
{
	int s[2];
	char a[2], b[8];
	static char large[100000], copy[100000], huge[1 << 20];
	struct iovec out[3] = {{"ab", 2}, {"", 0}, {"cdef", 4}}, in[2] = {{a, 2}, {b, 8}};

	alarm(20);
	CHECK(socketpair(AF_UNIX, SOCK_DGRAM, 0, s) == 0);
	CHECK(writev(s[0], out, 3) == 6);
	CHECK(readv(s[1], in, 2) == 6 && memcmp(a, "ab", 2) == 0 && memcmp(b, "cdef", 4) == 0);
	memset(large, 'L', sizeof large);
	CHECK(write(s[0], large, sizeof large) == sizeof large);
	CHECK(read(s[1], copy, sizeof copy) == sizeof copy && memcmp(large, copy, sizeof large) == 0);
	CHECK(write(s[0], huge, sizeof huge) == -1 && errno == EMSGSIZE);
	return check_status();
}
