#include "file.h"

/* readdir(3): names, types and numbers agree with lstat. */
int main(void)
{
	struct stat stat;
	int good = 1, count = 0;
	enter_empty("readdir_types");
	put("f", "");
	mkdir("d", 0755);
	symlink("f", "l");
	DIR *dir = opendir(".");
	for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
		count++;
		good &= lstat(entry->d_name, &stat) == 0;
		if (strcmp(entry->d_name, "..") != 0)
			good &= stat.st_ino == entry->d_ino;
		good &= entry->d_type == DT_UNKNOWN || entry->d_type == IFTODT(stat.st_mode);
	}
	CHECK(good && count == 5);
	closedir(dir);
	return check_status();
}
