#include "tests.h"
#include <mqueue.h>

/* A full queue makes the sender wait, an empty one the receiver, between two processes. */
static char name[64];

static int receiver(void *unused)
{
	mqd_t q = mq_open(name, O_RDONLY);
	char buffer[8];
	int i;

	(void)unused;
	alarm(20);
	for (i = 0; i < 50; i++)
		if (mq_receive(q, buffer, 8, NULL) != 8 || buffer[0] != i)
			return 1;
	return 0;
}

int main(void)
{
	struct mq_attr attr = {.mq_maxmsg = 2, .mq_msgsize = 8};
	char text[8] = {0};
	pid_t child;
	mqd_t q;
	int i;

	alarm(20);
	sprintf(name, "/lego-mqb-%d", getpid());
	CHECK((q = mq_open(name, O_WRONLY | O_CREAT, 0600, &attr)) != -1);
	child = start_child(receiver, NULL);
	for (i = 0; i < 50; i++) {
		text[0] = i;
		if (mq_send(q, text, 8, 0) != 0)
			break;
	}
	CHECK(i == 50 && wait_for(child) == 0);
	CHECK(mq_unlink(name) == 0);
	return check_status();
}
