/*
 * A TCP server: sends back what it gets, one process for each connection. Usage: echo PORT [CONNECTIONS]; it ends
 * after so many connections, or never.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static int serve(int fd)
{
	static char data[65536];
	ssize_t got;

	while ((got = read(fd, data, sizeof(data))) > 0)
		for (ssize_t sent = 0, one; sent < got; sent += one)
			if ((one = write(fd, data + sent, got - sent)) < 0)
				return 1;
	return got == 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
	struct sockaddr_in6 any = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_ANY_INIT};
	int left = argc > 2 ? atoi(argv[2]) : -1, failed = 0, status, on = 1;
	int listener = socket(AF_INET6, SOCK_STREAM, 0);

	if (argc < 2) {
		fprintf(stderr, "usage: echo PORT [CONNECTIONS]\n");
		return 2;
	}
	any.sin6_port = htons(atoi(argv[1]));
	setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(listener, (struct sockaddr *)&any, sizeof(any)) != 0 || listen(listener, 64) != 0) {
		perror("echo");
		return 1;
	}
	printf("listening on port %s\n", argv[1]);
	fflush(stdout);
	for (; left != 0; left--) {
		int fd = accept(listener, NULL, NULL);

		if (fd < 0) {
			perror("accept");
			return 1;
		}
		if (fork() == 0)
			_exit(serve(fd));
		close(fd);
		while (waitpid(-1, &status, WNOHANG) > 0)
			failed += status != 0;
	}
	while (wait(&status) > 0)
		failed += status != 0;
	printf("%d connections failed\n", failed);
	return failed != 0;
}
