/* sendmmsg(2) and recvmmsg(2) on UDP. */
#include "inet.h"

int main(void)
{
	int receiver = bound4(SOCK_DGRAM), sender = socket(AF_INET, SOCK_DGRAM, 0), i;
	struct mmsghdr out[3], in[4];
	struct iovec parts[3], room[4];
	char data[4][16];
	const char *texts[] = {"one", "three", "seventh"};

	alarm(20);
	memset(out, 0, sizeof(out));
	memset(in, 0, sizeof(in));
	CHECK(connect4(sender, port_of(receiver)) == 0);
	for (i = 0; i < 3; i++) {
		parts[i] = (struct iovec){(void *)texts[i], strlen(texts[i])};
		out[i].msg_hdr.msg_iov = &parts[i];
		out[i].msg_hdr.msg_iovlen = 1;
	}
	for (i = 0; i < 4; i++) {
		room[i] = (struct iovec){data[i], sizeof(data[i])};
		in[i].msg_hdr.msg_iov = &room[i];
		in[i].msg_hdr.msg_iovlen = 1;
	}
	CHECK(sendmmsg(sender, out, 3, 0) == 3);
	CHECK(out[2].msg_len == 7);
	CHECK(events_of(receiver, POLLIN, 10000) == POLLIN);
	CHECK(recvmmsg(receiver, in, 4, MSG_WAITFORONE, NULL) == 3);
	CHECK(in[0].msg_len == 3 && in[1].msg_len == 5 && in[2].msg_len == 7 && memcmp(data[1], "three", 5) == 0);
	return check_status();
}
