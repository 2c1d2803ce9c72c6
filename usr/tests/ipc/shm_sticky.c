/* shm_unlink(3): /dev/shm is sticky, so a name there is its owner's to remove and to rename. */
#include "tests.h"

#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

static char mine[64], other[64], third[64];

static int as_somebody(void *unused)
{
	int fd;

	(void)unused;
	if (getuid() != 0)
		return 0; /* nobody to be */
	if (setgroups(0, NULL) != 0 || setgid(65534) != 0 || setuid(65534) != 0)
		return 1;
	if (unlink(mine) != -1 || errno != EPERM)
		return 2;
	if (rename(mine, other) != -1 || errno != EPERM)
		return 3;
	if ((fd = open(other, O_RDWR | O_CREAT | O_EXCL, 0600)) < 0)
		return 4;
	if (rename(other, mine) != -1 || errno != EPERM)
		return 5;
	return rename(other, third) != 0 || unlink(third) != 0 ? 6 : 0;
}

int main(void)
{
	struct stat st;
	int fd;

	sprintf(mine, "/dev/shm/sticky-mine-%d", (int)getpid());
	sprintf(other, "/dev/shm/sticky-other-%d", (int)getpid());
	sprintf(third, "/dev/shm/sticky-third-%d", (int)getpid());
	CHECK(stat("/dev/shm", &st) == 0 && (st.st_mode & 07777) == 01777);
	CHECK((fd = open(mine, O_RDWR | O_CREAT | O_EXCL, 0666)) >= 0);
	CHECK(wait_for(start_child(as_somebody, NULL)) == 0);
	CHECK(access(mine, F_OK) == 0);
	CHECK(unlink(mine) == 0);
	CHECK(access(mine, F_OK) == -1 && errno == ENOENT);
	return check_status();
}
