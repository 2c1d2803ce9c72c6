#include "tests.h"

/* A byte goes to and fro between two processes through two pipes, 500 times. */
static int there[2], back[2];

static int echo(void *unused)
{
	char byte;

	(void)unused;
	close(there[1]);
	while (read(there[0], &byte, 1) == 1)
		if (write(back[1], &byte, 1) != 1)
			return 1;
	return 0;
}

int main(void)
{
	char byte = 'x';
	int i, good = 0;
	pid_t child;

	alarm(20);
	CHECK(pipe(there) == 0 && pipe(back) == 0);
	child = start_child(echo, NULL);
	for (i = 0; i < 500; i++)
		good += write(there[1], &byte, 1) == 1 && read(back[0], &byte, 1) == 1;
	CHECK(good == 500);
	close(there[1]);
	CHECK(wait_for(child) == 0);
	return check_status();
}
