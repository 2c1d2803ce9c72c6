#include "tests.h"
#include <sys/ipc.h>
#include <sys/msg.h>

/* A full queue makes the sender wait, an empty one the receiver; removal ends a wait with EIDRM. */
struct message { long type; char text[4096]; };

static int id;

static int receiver(void *unused)
{
	struct message m;
	int i;

	(void)unused;
	alarm(20);
	for (i = 0; i < 20; i++)
		if (msgrcv(id, &m, sizeof m.text, 0, 0) != sizeof m.text)
			return 1;
	m.type = 99;
	if (msgsnd(id, &m, 4, 0) != 0)
		return 2;
	return msgrcv(id, &m, 4, 5, 0) == -1 && (errno == EIDRM || errno == EINVAL) ? 0 : 3;
}

int main(void)
{
	struct message m = {1, {0}};
	struct msqid_ds ds;
	pid_t child;
	int i, n = 0;

	alarm(20);
	CHECK((id = msgget(IPC_PRIVATE, 0600)) >= 0);
	while (msgsnd(id, &m, sizeof m.text, IPC_NOWAIT) == 0)
		n++;
	CHECK(errno == EAGAIN && n == 4);
	child = start_child(receiver, NULL);
	for (i = n; i < 20; i++)
		if (msgsnd(id, &m, sizeof m.text, 0) != 0)
			break;
	CHECK(i == 20);
	CHECK(msgrcv(id, &m, 16, 99, 0) == 4);
	CHECK(msgctl(id, IPC_STAT, &ds) == 0 && ds.msg_qnum == 0 && ds.msg_lspid == child && ds.msg_lrpid == getpid());
	CHECK(msgctl(id, IPC_RMID, NULL) == 0);
	CHECK(wait_for(child) == 0);
	return check_status();
}
