#include "owner.h"

/* Access by supplementary groups: the group's bits decide for all who are in it, also against them. */
static void member(void)
{
	EXPECT(opens("readable", O_RDONLY) == 0 && access("readable", R_OK) == 0);
	REFUSED(opens("readable", O_WRONLY), EACCES);
	REFUSED(access("readable", W_OK), EACCES);
	EXPECT(opens("writable", O_RDWR) == 0 && opens("writable", O_WRONLY | O_TRUNC) == 0);
	REFUSED(opens("forbidden", O_RDONLY), EACCES);
	EXPECT(opens("dir/file", O_RDONLY) == 0 && access("dir", X_OK) == 0);
	REFUSED(opens("dir", O_RDONLY | O_DIRECTORY), EACCES);
	REFUSED(opens("dir/new", O_CREAT | O_WRONLY), EACCES);
	EXPECT(mkdir("shared/d", 0700) == 0 && rmdir("shared/d") == 0);
	EXPECT(chdir("dir") == 0);
}

static void stranger(void)
{
	REFUSED(opens("readable", O_RDONLY), EACCES);
	REFUSED(opens("writable", O_WRONLY), EACCES);
	EXPECT(opens("forbidden", O_RDONLY) == 0);
	REFUSED(opens("dir/file", O_RDONLY), EACCES);
	REFUSED(mkdir("shared/d", 0700), EACCES);
	REFUSED(chdir("dir"), EACCES);
}

int main(void)
{
	const gid_t few[] = {7001, 7000, 0};
	gid_t many[33];
	if (enter_as_root("groups")) {
		make("readable", 0640, 5000, 7000);
		make("writable", 0660, 5000, 7000);
		make("forbidden", 0604, 5000, 7000);
		make_dir("dir", 0710, 5000, 7000);
		make("dir/file", 0644, 5000, 5000);
		make_dir("shared", 0770, 5000, 7000);
		for (int i = 0; i < 32; i++)
			many[i] = 6969 + i; /* the last is 7000 */
		many[32] = 0;
		as(6000, 7000, NULL, member);
		as(6000, 6000, few, member);
		as(6000, 6000, many, member);
		many[31] = 8000;
		as(6000, 6000, many, stranger);
		as(6000, 6000, NULL, stranger);
	}
	return check_status();
}
