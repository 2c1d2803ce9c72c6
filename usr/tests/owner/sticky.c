#include "owner.h"

/* In a sticky directory only the owners of a file or of the directory remove and rename it. */
static void stranger(void)
{
	REFUSED(unlink("d/theirs"), EPERM);
	REFUSED(rename("d/theirs", "d/moved"), EPERM);
	REFUSED(rename("d/theirs", "elsewhere/moved"), EPERM);
	REFUSED(rmdir("d/dir"), EPERM);
	EXPECT(close(open("d/mine", O_CREAT | O_WRONLY, 0600)) == 0);
	REFUSED(rename("d/mine", "d/theirs"), EPERM);
	REFUSED(syscall(SYS_renameat2, AT_FDCWD, "d/mine", AT_FDCWD, "d/theirs", 2 /* RENAME_EXCHANGE */), EPERM);
	EXPECT(rename("d/mine", "d/renamed") == 0 && unlink("d/renamed") == 0);
	REFUSED(unlink("closed/file"), EACCES);
}

static void owner_of_directory(void)
{
	EXPECT(rename("d/theirs", "d/other") == 0 && rename("d/other", "d/theirs") == 0);
	EXPECT(rmdir("d/dir") == 0);
}

static void owner_of_file(void)
{
	EXPECT(unlink("d/theirs") == 0);
}

int main(void)
{
	if (enter_as_root("sticky")) {
		make_dir("d", 01777, 5000, 5000);
		make_dir("elsewhere", 0777, 0, 0);
		make_dir("closed", 01755, 5000, 5000);
		make("closed/file", 0666, 5000, 5000);
		make("d/theirs", 0666, 5001, 5001);
		make_dir("d/dir", 0777, 5001, 5001);
		as_user(6000, stranger);
		as_user(5000, owner_of_directory);
		as_user(5001, owner_of_file);
		EXPECT(unlink("closed/file") == 0);
		EXPECT(rmdir("d") == 0 && rmdir("closed") == 0 && rmdir("elsewhere") == 0);
	}
	return check_status();
}
