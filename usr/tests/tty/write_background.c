/* TOSTOP: a background process that writes is stopped by SIGTTOU; ignoring it writes. */
#include "tty.h"

static int writer(void *argument)
{
	setpgid(0, 0);
	return write(*(int *)argument, "late", 4) == 4 ? 0 : 1;
}

static int ignoring(void *argument)
{
	setpgid(0, 0);
	signal(SIGTTOU, SIG_IGN);
	return write(*(int *)argument, "soon", 4) == 4 ? 0 : 1;
}

static int leader(int slave)
{
	int status;
	pid_t child;

	signal(SIGTTOU, SIG_IGN);
	if (wait_for(start_child(ignoring, &slave)) != 0)
		return 1;
	signal(SIGTTOU, SIG_DFL);
	child = start_child(writer, &slave);
	signal(SIGTTOU, SIG_IGN);
	if (waitpid(child, &status, WUNTRACED) != child || !WIFSTOPPED(status) || WSTOPSIG(status) != SIGTTOU)
		return 2;
	if (tcsetpgrp(slave, child) != 0 || kill(-child, SIGCONT) != 0)
		return 3;
	return wait_for(child) == 0 ? 0 : 4;
}

int main(void)
{
	int master, slave;
	pid_t child;

	alarm(20);
	open_pty(&master, &slave);
	change(slave, LOCAL, 0, TOSTOP);
	child = start_session(leader, slave);
	CHECK(READS(master, "soonlate"));
	CHECK(wait_for(child) == 0);
	return check_status();
}
