#include "file.h"

/* Two megabytes written and read in odd pieces. */
int main(void)
{
	static unsigned char data[2 << 20], back[2 << 20];
	uint64_t seed = 7;
	size_t done = 0;
	enter_empty("big_file");
	for (size_t i = 0; i < sizeof data; i += 8) {
		uint64_t number = next_random(&seed);
		memcpy(data + i, &number, 8);
	}
	int fd = open("f", O_CREAT | O_RDWR, 0644);
	while (done < sizeof data) {
		size_t piece = 1 + next_random(&seed) % 100000;
		if (piece > sizeof data - done)
			piece = sizeof data - done;
		if (write(fd, data + done, piece) != (ssize_t)piece)
			break;
		done += piece;
	}
	CHECK(done == sizeof data);
	CHECK(pread(fd, back, sizeof back, 0) == sizeof back);
	CHECK(memcmp(data, back, sizeof data) == 0);
	CHECK(pread(fd, back, 5000, 1234567) == 5000 && memcmp(back, data + 1234567, 5000) == 0);
	return check_status();
}
