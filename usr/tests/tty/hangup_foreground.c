/* After a hang-up the foreground group gets SIGHUP when the session leader ends. */
#include "tty.h"

static int life[2], ready[2];

static int job(void *unused __attribute__((unused)))
{
	setpgid(0, 0);
	close(ready[1]);
	pause();
	return 0;
}

static void leave(int number __attribute__((unused)))
{
	_exit(0);
}

static void leader(int master, int slave)
{
	pid_t child;

	close(master);
	signal(SIGTTOU, SIG_IGN);
	if (setsid() < 0 || ioctl(slave, TIOCSCTTY, 0) != 0)
		_exit(99);
	child = start_child(job, NULL);
	setpgid(child, child);
	if (tcsetpgrp(slave, child) != 0)
		_exit(98);
	signal(SIGHUP, leave);
	close(life[1]);
	write(slave, "ready", 5);
	for (;;)
		pause();
}

int main(void)
{
	int master, slave;
	pid_t child;
	char byte;

	alarm(20);
	open_pty(&master, &slave);
	CHECK(pipe(life) == 0 && pipe(ready) == 0);
	fflush(stdout);
	child = fork();
	if (child == 0)
		leader(master, slave);
	close(life[1]);
	close(ready[1]);
	CHECK(READS(master, "ready"));
	close(master);
	CHECK(wait_for(child) == 0);
	CHECK(read(life[0], &byte, 1) == 0); /* the job is gone too */
	return check_status();
}
