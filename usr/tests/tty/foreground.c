/* tcsetpgrp(3): only groups of the session can be in the foreground. */
#include "tty.h"

static int idle(void *unused __attribute__((unused)))
{
	setpgid(0, 0);
	pause();
	return 0;
}

static pid_t outside;

static int leader(int slave)
{
	pid_t child = start_child(idle, NULL);
	int result = 0;

	if (setpgid(child, child) != 0 && errno != EACCES)
		result = 1;
	else if (tcsetpgrp(slave, child) != 0 || tcgetpgrp(slave) != child)
		result = 2;
	else if (tcsetpgrp(slave, outside) != -1 || errno != EPERM)
		result = 3;
	else if (tcsetpgrp(slave, 0x3ffffff) != -1 || errno != ESRCH)
		result = 4;
	else if (tcsetpgrp(slave, -1) != -1 || errno != EINVAL)
		result = 5;
	kill(child, SIGKILL);
	wait_for(child);
	return result;
}

static int ignoring_leader(int slave)
{
	signal(SIGTTOU, SIG_IGN);
	return leader(slave);
}

int main(void)
{
	int master, slave;

	alarm(20);
	outside = getpgrp();
	open_pty(&master, &slave);
	CHECK(wait_for(start_session(ignoring_leader, slave)) == 0);
	return check_status();
}
