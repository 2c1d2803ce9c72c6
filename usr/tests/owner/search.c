#include "owner.h"

/* Directories that may not be searched or read: EACCES on the way, whatever lies behind. */
static void stranger(void)
{
	struct stat stat;
	char buffer[8];
	REFUSED(lstat("closed/file", &stat), EACCES);
	REFUSED(lstat("closed/none", &stat), EACCES);
	REFUSED(opens("closed/file", O_RDONLY), EACCES);
	REFUSED(chdir("closed"), EACCES);
	REFUSED(readlink("closed/link", buffer, sizeof buffer), EACCES);
	REFUSED(opens("through/file", O_RDONLY), EACCES);
	REFUSED(unlink("closed/file"), EACCES);
	REFUSED(link("closed/file", "closed/again"), EACCES);
	REFUSED(getxattr("closed/file", "user.x", buffer, sizeof buffer), EACCES);
	REFUSED(chmod("closed/file", 0), EACCES);
	EXPECT(lstat("blind/file", &stat) == 0 && opens("blind/file", O_RDONLY) == 0);
	REFUSED(opens("blind", O_RDONLY | O_DIRECTORY), EACCES);
	EXPECT(opens("list", O_RDONLY | O_DIRECTORY) == 0);
	REFUSED(lstat("list/file", &stat), EACCES);
	EXPECT(opens("closed", O_PATH) == 0);
	REFUSED(rmdir("list"), EACCES);
}

int main(void)
{
	if (enter_as_root("search")) {
		make_dir("closed", 0700, 5000, 5000);
		make_dir("blind", 0711, 5000, 5000);
		make_dir("list", 0744, 5000, 5000);
		make("closed/file", 0666, 5000, 5000);
		make("blind/file", 0666, 5000, 5000);
		make("list/file", 0666, 5000, 5000);
		unlink("closed/link"), unlink("through");
		EXPECT(symlink("x", "closed/link") == 0 && symlink("closed", "through") == 0);
		as_user(6000, stranger);
	}
	return check_status();
}
