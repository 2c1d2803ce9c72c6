#include "owner.h"

/* Set-group-ID directories: what is made in one has its group, directories the bit as well. */
static void maker(void)
{
	int fd = open("d/file", O_CREAT | O_WRONLY, 0640);
	EXPECT(fd >= 0 && fchmod(fd, 0640) == 0);
	close(fd);
	EXPECT(mkdir("d/sub", 0750) == 0 && mkdir("d/sub/below", 0700) == 0);
	EXPECT(symlink("x", "d/link") == 0 && mkfifo("d/fifo", 0600) == 0);
	EXPECT(close(open("d/program", O_CREAT | O_WRONLY, 02750)) == 0);
	EXPECT(close(open("d/locked", O_CREAT | O_WRONLY, 02640)) == 0);
	EXPECT(mkdir("plain/sub", 02750) == 0);
	EXPECT(close(open("plain/program", O_CREAT | O_WRONLY, 02750)) == 0);
}

int main(void)
{
	if (enter_as_root("setgid_directory")) {
		make_dir("d", 02777, 0, 7000);
		make_dir("plain", 0777, 0, 7000);
		as_user(6000, maker);
		EXPECT(gid_of("d/file") == 7000 && uid_of("d/file") == 6000 && mode_of("d/file") == 0640);
		EXPECT(gid_of("d/sub") == 7000 && mode_of("d/sub") == 02750);
		EXPECT(gid_of("d/sub/below") == 7000 && mode_of("d/sub/below") == 02700);
		EXPECT(gid_of("d/link") == 7000 && gid_of("d/fifo") == 7000 && mode_of("d/fifo") == 0600);
		EXPECT(gid_of("d/program") == 7000 && mode_of("d/program") == 0750);
		EXPECT(gid_of("d/locked") == 7000);
		EXPECT(gid_of("plain/sub") == 6000 && mode_of("plain/sub") == 0750);
		EXPECT(gid_of("plain/program") == 6000 && mode_of("plain/program") == 02750);
		EXPECT(rename("plain/program", "d/moved") == 0 && gid_of("d/moved") == 6000);
		unlink("d/file"), unlink("d/link"), unlink("d/fifo"), unlink("d/program"), unlink("d/locked"), unlink("d/moved");
		EXPECT(rmdir("d/sub/below") == 0 && rmdir("d/sub") == 0 && rmdir("plain/sub") == 0);
		EXPECT(rmdir("d") == 0 && rmdir("plain") == 0);
	}
	return check_status();
}
