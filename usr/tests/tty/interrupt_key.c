/* VINTR, VQUIT and VSUSP signal the foreground group and flush what was typed. */
#include "tty.h"

static volatile int got[32];

static void note(int number)
{
	got[number]++;
}

static int leader(int slave)
{
	char data[16];
	int length;

	signal(SIGINT, note);
	signal(SIGQUIT, note);
	signal(SIGTSTP, note);
	write(slave, "ready", 5);
	while (got[SIGINT] == 0 || got[SIGQUIT] == 0 || got[SIGTSTP] == 0)
		poll(NULL, 0, 20);
	write(slave, "done", 4);
	length = read(slave, data, sizeof(data));
	return length == 3 && memcmp(data, "ok\n", 3) == 0 ? 0 : 1;
}

int main(void)
{
	int master, slave;
	pid_t child;

	alarm(20);
	open_pty(&master, &slave);
	child = start_session(leader, slave);
	CHECK(READS(master, "ready"));
	CHECK(TYPE(master, "lost\003"));
	CHECK(TYPE(master, "\034\032"));
	for (int i = 0; i < 500; i++) {
		char data[64];
		int length = read(master, data, sizeof(data));

		if (length >= 4 && memmem(data, length, "done", 4))
			break;
	}
	CHECK(TYPE(master, "ok\n"));
	CHECK(wait_for(child) == 0);
	return check_status();
}
