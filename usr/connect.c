/*
 * A TCP client: sends its input to a server and prints what comes back until the server ends. Usage: connect
 * ADDRESS PORT, with a number as the address.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static int copy(int from, int to)
{
	static char data[65536];
	ssize_t got;

	while ((got = read(from, data, sizeof(data))) > 0)
		for (ssize_t sent = 0, one; sent < got; sent += one)
			if ((one = write(to, data + sent, got - sent)) < 0)
				return -1;
	return got == 0 ? 0 : -1;
}

int main(int argc, char **argv)
{
	struct sockaddr_in to = {.sin_family = AF_INET};
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (argc != 3 || inet_pton(AF_INET, argv[1], &to.sin_addr) != 1) {
		fprintf(stderr, "usage: connect ADDRESS PORT\n");
		return 2;
	}
	to.sin_port = htons(atoi(argv[2]));
	if (connect(fd, (struct sockaddr *)&to, sizeof(to)) != 0) {
		perror("connect");
		return 1;
	}
	if (copy(STDIN_FILENO, fd) != 0 || shutdown(fd, SHUT_WR) != 0 || copy(fd, STDOUT_FILENO) != 0) {
		perror("copy");
		return 1;
	}
	return 0;
}
