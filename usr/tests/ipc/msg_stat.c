#include "tests.h"
#include <sys/ipc.h>
#include <sys/msg.h>

/* msgctl(2): status, limits, IPC_SET; keys. */
int main(void)
{
	struct { long type; char text[8]; } m = {1, "text"};
	struct msqid_ds ds;
	key_t key = 0x4d510000 ^ getpid();
	int id;

	alarm(20);
	CHECK(msgget(key, 0) == -1 && errno == ENOENT);
	CHECK((id = msgget(key, IPC_CREAT | 0600)) >= 0 && msgget(key, 0600) == id);
	CHECK(msgget(key, IPC_CREAT | IPC_EXCL) == -1 && errno == EEXIST);
	CHECK(msgsnd(id, &m, 4, 0) == 0 && msgsnd(id, &m, 2, 0) == 0);
	CHECK(msgctl(id, IPC_STAT, &ds) == 0 && ds.msg_qnum == 2 && ds.__msg_cbytes == 6 && ds.msg_qbytes == 16384);
	CHECK(ds.msg_perm.__key == key && ds.msg_perm.uid == geteuid() && ds.msg_stime != 0 && ds.msg_rtime == 0);
	ds.msg_qbytes = 8;
	ds.msg_perm.mode = 0660;
	CHECK(msgctl(id, IPC_SET, &ds) == 0);
	CHECK(msgsnd(id, &m, 4, IPC_NOWAIT) == -1 && errno == EAGAIN);
	CHECK(msgctl(id, IPC_STAT, &ds) == 0 && ds.msg_qbytes == 8 && (ds.msg_perm.mode & 0777) == 0660);
	CHECK(msgctl(id, IPC_RMID, NULL) == 0);
	CHECK(msgctl(id, 999, &ds) == -1 && errno == EINVAL);
	return check_status();
}
