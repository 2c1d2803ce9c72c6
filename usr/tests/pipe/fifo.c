#include "tests.h"
#include <poll.h>

/* mkfifo(3): opens wait for each other; O_NONBLOCK and O_RDWR do not; the inode is a FIFO; what is written is read. */
static int writer(void *unused)
{
	int fd = open("fifo", O_WRONLY);

	(void)unused;
	return fd < 0 || write(fd, "through", 7) != 7;
}

int main(void)
{
	struct stat st;
	struct pollfd f;
	char buffer[16];
	int fd, w;
	pid_t child;

	alarm(20);
	enter_scratch("pipe-fifo");
	unlink("fifo");
	CHECK(mkfifo("fifo", 0640) == 0);
	CHECK(mkfifo("fifo", 0640) == -1 && errno == EEXIST);
	CHECK(stat("fifo", &st) == 0 && S_ISFIFO(st.st_mode) && (st.st_mode & 0777) == 0640);
	CHECK(open("fifo", O_WRONLY | O_NONBLOCK) == -1 && errno == ENXIO);
	child = start_child(writer, NULL);
	CHECK((fd = open("fifo", O_RDONLY)) >= 0);
	CHECK(read(fd, buffer, sizeof buffer) == 7 && memcmp(buffer, "through", 7) == 0);
	CHECK(read(fd, buffer, sizeof buffer) == 0);
	CHECK(wait_for(child) == 0);
	close(fd);
	CHECK((fd = open("fifo", O_RDONLY | O_NONBLOCK)) >= 0);
	f = (struct pollfd){fd, POLLIN, 0};
	CHECK(poll(&f, 1, 0) == 0);
	CHECK(read(fd, buffer, 1) == 0);
	CHECK((w = open("fifo", O_WRONLY | O_NONBLOCK)) >= 0);
	CHECK(read(fd, buffer, 1) == -1 && errno == EAGAIN);
	CHECK(write(w, "abc", 3) == 3);
	close(w);
	CHECK(poll(&f, 1, 0) == 1 && f.revents == (POLLIN | POLLHUP));
	CHECK(read(fd, buffer, 16) == 3 && read(fd, buffer, 16) == 0);
	CHECK(fstat(fd, &st) == 0 && S_ISFIFO(st.st_mode));
	close(fd);
	CHECK((fd = open("fifo", O_RDWR)) >= 0);
	CHECK(write(fd, "self", 4) == 4 && read(fd, buffer, 16) == 4);
	CHECK(lseek(fd, 0, SEEK_SET) == -1 && errno == ESPIPE);
	CHECK(unlink("fifo") == 0);
	CHECK(write(fd, "more", 4) == 4 && read(fd, buffer, 16) == 4);
	return check_status();
}
