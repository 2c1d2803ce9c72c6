#include "file.h"

/* RENAME_EXCHANGE of directories keeps the link counts of their parents right. */
static int links(const char *path)
{
	struct stat stat;

	return lstat(path, &stat) == 0 ? (int)stat.st_nlink : -1;
}

int main(void)
{
	enter_empty("rename_exchange_links");
	mkdir("p", 0755);
	mkdir("q", 0755);
	mkdir("p/d", 0755);
	put("q/f", "f");
	int before = links("p");
	CHECK(renameat2(AT_FDCWD, "p/d", AT_FDCWD, "q/f", RENAME_EXCHANGE) == 0 && holds("p/d", "f"));
	CHECK(links("p") == before - 1 && links("q") == before);
	FAILS(renameat2(AT_FDCWD, "q", AT_FDCWD, "q/f", RENAME_EXCHANGE), EINVAL);
	FAILS(renameat2(AT_FDCWD, "p", AT_FDCWD, "q", RENAME_EXCHANGE | RENAME_NOREPLACE), EINVAL);
	CHECK(renameat2(AT_FDCWD, "p", AT_FDCWD, "p", RENAME_EXCHANGE) == 0);
	return check_status();
}
