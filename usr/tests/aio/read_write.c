/* Writes and reads of a file by io_submit: each ends with one event that names its request (io_submit(2)). */
#include "aio.h"

int main(void)
{
	aio_context_t context = aio_context(8);
	char back[16] = "";
	struct iocb first, second, read, *both[2] = {&first, &second};
	struct io_event events[4];
	int fd, i, seen = 0;

	alarm(20);
	enter_scratch("aio-read-write");
	fd = open("file", O_RDWR | O_CREAT | O_TRUNC, 0600);
	first = aio_request(IOCB_CMD_PWRITE, fd, "hello ", 6, 0);
	second = aio_request(IOCB_CMD_PWRITE, fd, "world", 5, 6);
	second.aio_data = 99;
	CHECK(aio_submit(context, 2, both) == 2);
	CHECK(aio_events(context, 2, 4, events, NULL) == 2);
	for (i = 0; i < 2; i++) {
		seen += events[i].obj == (uintptr_t)&first && events[i].data == 0x1234 && events[i].res == 6;
		seen += events[i].obj == (uintptr_t)&second && events[i].data == 99 && events[i].res == 5;
	}
	CHECK(seen == 2);
	read = aio_request(IOCB_CMD_PREAD, fd, back, sizeof(back), 3);
	CHECK(aio_submit_one(context, &read) == 1);
	CHECK(aio_events(context, 1, 1, events, NULL) == 1 && events[0].res == 8 && events[0].res2 == 0);
	CHECK(memcmp(back, "lo world", 8) == 0);
	CHECK(lseek(fd, 0, SEEK_CUR) == 0);
	read.aio_offset = 100;
	CHECK(aio_submit_one(context, &read) == 1 && aio_events(context, 1, 1, events, NULL) == 1 && events[0].res == 0);
	CHECK(aio_destroy(context) == 0);
	CHECK(aio_destroy(context) == -1 && errno == EINVAL);
	return check_status();
}
