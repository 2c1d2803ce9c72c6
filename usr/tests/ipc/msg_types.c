#include "tests.h"
#include <sys/ipc.h>
#include <sys/msg.h>

/* msgrcv(2) chooses by type; lengths, MSG_NOERROR, MSG_EXCEPT; errnos. */
struct message { long type; char text[16]; };

static int put(int id, long type, const char *text)
{
	struct message m = {type, {0}};

	strcpy(m.text, text);
	return msgsnd(id, &m, strlen(text), IPC_NOWAIT);
}

int main(void)
{
	struct message m;
	int id = msgget(IPC_PRIVATE, 0600);

	alarm(20);
	CHECK(id >= 0);
	CHECK(put(id, 3, "three") == 0 && put(id, 1, "one") == 0 && put(id, 2, "two") == 0 && put(id, 3, "third") == 0);
	CHECK(msgrcv(id, &m, 16, 2, 0) == 3 && m.type == 2 && memcmp(m.text, "two", 3) == 0);
	CHECK(msgrcv(id, &m, 16, -2, 0) == 3 && m.type == 1);
	CHECK(msgrcv(id, &m, 3, 0, 0) == -1 && errno == E2BIG);
	CHECK(msgrcv(id, &m, 3, 0, MSG_NOERROR) == 3 && memcmp(m.text, "thr", 3) == 0);
	CHECK(put(id, 9, "nine") == 0);
	CHECK(msgrcv(id, &m, 16, 3, MSG_EXCEPT) == 4 && m.type == 9);
	CHECK(msgrcv(id, &m, 16, 7, IPC_NOWAIT) == -1 && errno == ENOMSG);
	CHECK(msgrcv(id, &m, 16, 0, 0) == 5 && memcmp(m.text, "third", 5) == 0);
	CHECK(put(id, 0, "x") == -1 && errno == EINVAL);
	CHECK(put(id, -1, "x") == -1 && errno == EINVAL);
	CHECK(msgsnd(id, &m, 1 << 20, 0) == -1 && errno == EINVAL);
	CHECK(msgsnd(id, nowhere, 4, 0) == -1 && errno == EFAULT);
	CHECK(put(id, 5, "") == 0 && msgrcv(id, &m, 16, 0, 0) == 0 && m.type == 5);
	CHECK(msgctl(id, IPC_RMID, NULL) == 0);
	CHECK(put(id, 1, "x") == -1 && (errno == EINVAL || errno == EIDRM));
	return check_status();
}
