/* A megabyte and more through a connection, written and read by two processes in uneven pieces. */
#include "inet.h"

#define TOTAL (3 << 20)

static int writer(void *argument)
{
	int fd = *(int *)argument, done = 0;
	static char data[70001];

	while (done < TOTAL) {
		int i, length = TOTAL - done < (int)sizeof(data) ? TOTAL - done : (int)sizeof(data);

		for (i = 0; i < length; i++)
			data[i] = (char)((done + i) * 31 >> 3);
		for (i = 0; i < length;) {
			int sent = write(fd, data + i, length - i);

			if (sent <= 0)
				return 1;
			i += sent;
		}
		done += length;
	}
	close(fd);
	return 0;
}

int main(void)
{
	int fds[2], done = 0, got, wrong = 0, i;
	static char data[33333];
	pid_t child;

	alarm(40);
	tcp_pair(fds);
	child = start_child(writer, &fds[0]);
	close(fds[0]);
	while ((got = read(fds[1], data, sizeof(data))) > 0) {
		for (i = 0; i < got; i++)
			wrong += data[i] != (char)((done + i) * 31 >> 3);
		done += got;
	}
	CHECK(got == 0 && done == TOTAL && wrong == 0);
	CHECK(wait_for(child) == 0);
	return check_status();
}
