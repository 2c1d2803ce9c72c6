/* A server that forks for every connection, and clients that all get their own answer. */
#include "inet.h"

static int client(void *argument)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0), number = getpid(), answer = 0;

	if (connect4(fd, *(int *)argument) != 0 || write(fd, &number, sizeof(number)) != sizeof(number))
		return 1;
	return recv(fd, &answer, sizeof(answer), MSG_WAITALL) == sizeof(answer) && answer == number + 1 ? 0 : 2;
}

static int serve(void *argument)
{
	int fd = *(int *)argument, number;

	if (recv(fd, &number, sizeof(number), MSG_WAITALL) != sizeof(number))
		return 1;
	number++;
	return write(fd, &number, sizeof(number)) == sizeof(number) ? 0 : 2;
}

int main(void)
{
	int listener = listener4(8), port = port_of(listener), i, failed = 0;

	alarm(40);
	for (i = 0; i < 6; i++)
		start_child(client, &port);
	for (i = 0; i < 6; i++) {
		int fd = accept(listener, NULL, NULL);

		CHECK(fd >= 0);
		start_child(serve, &fd);
		close(fd);
	}
	for (i = 0; i < 12; i++) {
		int status;

		if (wait(&status) < 0 || status != 0)
			failed++;
	}
	CHECK(failed == 0);
	return check_status();
}
