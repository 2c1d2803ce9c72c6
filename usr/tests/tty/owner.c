#include "tty.h"

/* pts(4): a terminal belongs to who opened its master; its owner changes the permissions, root the owner too. */
static int is(const char *name, int slave, int mode, uid_t uid)
{
	struct stat by_name, by_fd;
	return stat(name, &by_name) == 0 && fstat(slave, &by_fd) == 0 && by_name.st_uid == uid && by_fd.st_uid == uid &&
	       (int)(by_name.st_mode & 07777) == mode && by_fd.st_mode == by_name.st_mode;
}

int main(void)
{
	int master, slave, other_master, other;
	char name[64], other_name[64];
	int chown_works = 1;

	open_pty(&master, &slave);
	open_pty(&other_master, &other);

	CHECK(ptsname_r(master, name, sizeof(name)) == 0 && ptsname_r(other_master, other_name, sizeof(other_name)) == 0);
	struct stat st;
	CHECK(stat(name, &st) == 0 && st.st_uid == geteuid());
	CHECK(chmod(name, 0600) == 0 && is(name, slave, 0600, geteuid()));
	CHECK(fchmod(slave, 0622) == 0 && is(name, slave, 0622, geteuid()));
	CHECK(stat(other_name, &st) == 0 && (st.st_mode & 07777) != 0622);
	CHECK(chown(name, geteuid(), -1) == 0);
	if (geteuid() == 0) {
		chown_works &= chown(name, 4321, 5) == 0 && is(name, slave, 0622, 4321);
		chown_works &= fchown(slave, 0, -1) == 0 && is(name, slave, 0622, 0);
		chown_works &= stat(name, &st) == 0 && st.st_gid == 5;
		chown_works &= seteuid(4321) == 0 && chmod(name, 0666) == -1 && errno == EPERM && seteuid(0) == 0;
	} else {
		chown_works &= chown(name, 0, -1) == -1 && errno == EPERM;
	}
	CHECK(chown_works);
	close(slave);
	close(master);
	return check_status();
}
