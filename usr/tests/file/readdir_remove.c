#include "file.h"

/* Every file is seen once though each is removed when it is seen. */
int main(void)
{
	char name[16];
	int removed = 0, failed = 0;
	enter_empty("readdir_remove");
	for (int i = 0; i < 1000; i++) {
		snprintf(name, sizeof name, "file%d", i);
		put(name, "");
	}
	DIR *dir = opendir(".");
	for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir))
		if (entry->d_name[0] != '.')
			unlink(entry->d_name) == 0 ? removed++ : failed++;
	closedir(dir);
	CHECK(removed == 1000 && failed == 0 && entries(".") == 0);
	return check_status();
}
