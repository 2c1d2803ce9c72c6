#include "file.h"
#include <sys/sendfile.h>
#include <sys/uio.h>

/* read(2): a regular file gives fewer bytes than asked for only where it ends. */
enum { SIZE = 1 << 20 };

static unsigned char content[SIZE], buffer[SIZE];

static int reads_whole(int fd, long offset, long length)
{
	memset(buffer, 0, length);
	return pread(fd, buffer, length, offset) == length && memcmp(buffer, content + offset, length) == 0;
}

int main(void)
{
	enter_empty("read_is_whole");
	for (int i = 0; i < SIZE; i++)
		content[i] = i * 7 + (i >> 8) + 1;
	int fd = open("f", O_CREAT | O_RDWR, 0644);
	CHECK(write(fd, content, SIZE) == SIZE);
	int wrong = 0;
	for (int shift = 12; shift < 20; shift++) {
		long border = 1L << shift;
		for (long before = 1; before < border; before *= 3) {
			wrong += !reads_whole(fd, border - before, before + 1);
			wrong += !reads_whole(fd, border - before, before + 9);
			wrong += !reads_whole(fd, border - before, before + 5000);
		}
	}
	CHECK(wrong == 0);
	CHECK(reads_whole(fd, 1, SIZE - 1));
	CHECK(pread(fd, buffer, SIZE, SIZE - 300000) == 300000);

	CHECK(lseek(fd, 100001, SEEK_SET) == 100001);
	CHECK(read(fd, buffer, 500000) == 500000 && memcmp(buffer, content + 100001, 500000) == 0);
	struct iovec parts[2] = {{buffer, 7}, {buffer + 7, 270000}};
	CHECK(preadv(fd, parts, 2, 200001) == 270007 && memcmp(buffer, content + 200001, 270007) == 0);

	int copy = open("g", O_CREAT | O_RDWR, 0644);
	off_t from = 262143;
	CHECK(sendfile(copy, fd, &from, 3) == 3 && from == 262146);
	CHECK(pread(copy, buffer, 10, 0) == 3 && memcmp(buffer, content + 262143, 3) == 0);
	return check_status();
}
