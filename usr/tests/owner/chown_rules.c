#include "owner.h"

/* chown(2): an owner may give a file to a group of his and nothing else; set-ID bits go. */
static void owner(void)
{
	REFUSED(chown("f", 6001, -1), EPERM);
	REFUSED(chown("f", -1, 7001), EPERM);
	EXPECT(chown("f", -1, 7000) == 0 && chown("f", 6000, -1) == 0 && chown("f", -1, -1) == 0);
	EXPECT(chown("f", 6000, 6000) == 0);
	REFUSED(chown("others", -1, 6000), EPERM);
	REFUSED(chown("others", 6000, -1), EPERM);
	EXPECT(lchown("link", -1, 7000) == 0);
}

static void set_id(void)
{
	EXPECT(chmod("f", 06755) == 0 && mode_of("f") == 06755);
	EXPECT(chown("f", -1, 7000) == 0 && mode_of("f") == 0755);
	EXPECT(chmod("f", 04700) == 0 && chown("f", -1, -1) == 0 && mode_of("f") == 0700);
	EXPECT(chmod("f", 02644) == 0 && mode_of("f") == 02644);
}

int main(void)
{
	const gid_t groups[] = {7000, 0};
	if (enter_as_root("chown_rules")) {
		make("f", 0644, 6000, 6000);
		make("others", 0666, 5000, 5000);
		unlink("link");
		EXPECT(symlink("nowhere", "link") == 0 && lchown("link", 6000, 6000) == 0);
		EXPECT(uid_of("link") == 6000 && gid_of("link") == 6000);
		as(6000, 6000, groups, owner);
		EXPECT(uid_of("f") == 6000 && gid_of("f") == 6000 && uid_of("others") == 5000 && gid_of("others") == 5000);
		EXPECT(gid_of("link") == 7000);
		as(6000, 6000, groups, set_id);
		EXPECT(chmod("f", 06755) == 0 && chown("f", 1, 1) == 0 && mode_of("f") == 0755);
		EXPECT(chmod("f", 02644) == 0 && chown("f", 2, 2) == 0 && mode_of("f") == 02644);
		make_dir("d", 06755, 1, 1);
		EXPECT(chown("d", 2, 2) == 0 && mode_of("d") == 06755);
		EXPECT(rmdir("d") == 0 && unlink("f") == 0 && unlink("link") == 0);
	}
	return check_status();
}
