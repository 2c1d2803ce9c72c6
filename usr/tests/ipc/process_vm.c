#include "tests.h"
#include <sys/uio.h>

/* process_vm_readv(2), process_vm_writev(2) into another process. */
static int ready[2], go[2];
static char text[] = "secret of the child";

static int child(void *unused)
{
	char byte;

	(void)unused;
	strcpy(text, "child");
	if (write(ready[1], "r", 1) != 1 || read(go[0], &byte, 1) != 1)
		return 1;
	return strcmp(text, "Child") == 0 ? 0 : 2;
}

int main(void)
{
	char a[3], b[8];
	struct iovec local[2] = {{a, 3}, {b, 8}}, remote[1] = {{text, 6}}, bad[1] = {{nowhere, 4}};
	char byte;
	pid_t pid;

	alarm(20);
	CHECK(pipe(ready) == 0 && pipe(go) == 0);
	pid = start_child(child, NULL);
	CHECK(read(ready[0], &byte, 1) == 1);
	CHECK(process_vm_readv(pid, local, 2, remote, 1, 0) == 6 && memcmp(a, "chi", 3) == 0 && strcmp(b, "ld") == 0);
	CHECK(strcmp(text, "secret of the child") == 0);
	a[0] = 'C';
	local[0].iov_len = 1;
	CHECK(process_vm_writev(pid, local, 1, remote, 1, 0) == 1);
	CHECK(process_vm_readv(pid, local, 1, bad, 1, 0) == -1 && errno == EFAULT);
	CHECK(process_vm_readv(pid, local, 1, remote, 1, 1) == -1 && errno == EINVAL);
	CHECK(write(go[1], "g", 1) == 1 && wait_for(pid) == 0);
	CHECK(process_vm_readv(pid, local, 1, remote, 1, 0) == -1 && errno == ESRCH);
	return check_status();
}
