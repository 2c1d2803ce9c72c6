#include "file.h"

/* Locks of a process that is killed are free at once: flock, POSIX records, open file descriptions. */
static int holder(void *unused)
{
	struct flock record = {.l_type = F_WRLCK}, description = {.l_type = F_WRLCK};
	(void)unused;
	int a = open("a", O_RDWR), b = open("b", O_RDWR), c = open("c", O_RDWR), ready = open("ready", O_WRONLY);
	if (flock(a, LOCK_EX) || fcntl(b, F_SETLK, &record) || fcntl(c, F_OFD_SETLK, &description) || write(ready, "x", 1) != 1)
		return 1;
	for (;;)
		pause();
}

int main(void)
{
	struct flock record = {.l_type = F_WRLCK}, description = {.l_type = F_WRLCK};
	char c_;
	enter_empty("locks_die");
	put("a", ""), put("b", ""), put("c", "");
	CHECK(mkfifo("ready", 0600) == 0);
	pid_t child = start_child(holder, NULL);
	int ready = open("ready", O_RDONLY), a = open("a", O_RDWR), b = open("b", O_RDWR), c = open("c", O_RDWR);
	CHECK(read(ready, &c_, 1) == 1);
	FAILS(flock(a, LOCK_EX | LOCK_NB), EWOULDBLOCK);
	CHECK(fcntl(b, F_SETLK, &record) == -1 && (errno == EAGAIN || errno == EACCES));
	FAILS(fcntl(c, F_OFD_SETLK, &description), EAGAIN);
	kill(child, SIGKILL);
	CHECK(wait_for(child) == 128 + SIGKILL);
	CHECK(flock(a, LOCK_EX | LOCK_NB) == 0 && fcntl(b, F_SETLK, &record) == 0 && fcntl(c, F_OFD_SETLK, &description) == 0);
	return check_status();
}
