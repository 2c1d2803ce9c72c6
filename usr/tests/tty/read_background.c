/* A background process that reads is stopped by SIGTTIN; in the foreground it reads on. */
#include "tty.h"

static int reader(void *argument)
{
	char byte;

	setpgid(0, 0);
	return read(*(int *)argument, &byte, 1) == 1 && byte == 'x' ? 0 : 1;
}

static int leader(int slave)
{
	int status;
	pid_t child;

	signal(SIGTTOU, SIG_IGN);
	child = start_child(reader, &slave);
	if (waitpid(child, &status, WUNTRACED) != child || !WIFSTOPPED(status) || WSTOPSIG(status) != SIGTTIN)
		return 1;
	if (tcsetpgrp(slave, child) != 0 || kill(-child, SIGCONT) != 0)
		return 2;
	write(slave, "go", 2);
	return wait_for(child) == 0 ? 0 : 3;
}

int main(void)
{
	int master, slave;
	pid_t child;

	alarm(20);
	open_pty(&master, &slave);
	change(slave, LOCAL, ECHO, 0);
	child = start_session(leader, slave);
	CHECK(READS(master, "go"));
	CHECK(TYPE(master, "x\n"));
	CHECK(wait_for(child) == 0);
	return check_status();
}
