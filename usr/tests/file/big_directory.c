#include "file.h"

/* Three thousand files in one directory. */
int main(void)
{
	static char seen[3000];
	char name[32];
	int made = 0, distinct = 0, number;
	enter_empty("big_directory");
	for (int i = 0; i < 3000; i++) {
		snprintf(name, sizeof name, "file-%d", i);
		made += mknod(name, S_IFREG | 0644, 0) == 0;
	}
	CHECK(made == 3000);
	DIR *dir = opendir(".");
	for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir))
		if (sscanf(entry->d_name, "file-%d", &number) == 1 && number >= 0 && number < 3000 && !seen[number]++)
			distinct++;
	closedir(dir);
	CHECK(distinct == 3000);
	return check_status();
}
