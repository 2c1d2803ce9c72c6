#include "file.h"

/* telldir(3), seekdir(3), rewinddir(3). */
int main(void)
{
	char names[60][256];
	long places[60];
	int count = 0, good = 1;
	enter_empty("readdir_seek");
	for (int i = 0; i < 40; i++) {
		char name[16];
		snprintf(name, sizeof name, "file%d", i);
		put(name, "");
	}
	DIR *dir = opendir(".");
	struct dirent *entry;
	places[0] = telldir(dir);
	while ((entry = readdir(dir)) != NULL && count < 59) {
		snprintf(names[count++], 256, "%s", entry->d_name);
		places[count] = telldir(dir);
	}
	CHECK(count == 42);
	for (int i = count - 1; i >= 0; i -= 7) {
		seekdir(dir, places[i]);
		entry = readdir(dir);
		good &= entry && strcmp(entry->d_name, names[i]) == 0;
	}
	rewinddir(dir);
	entry = readdir(dir);
	CHECK(good && entry && strcmp(entry->d_name, names[0]) == 0);
	closedir(dir);
	return check_status();
}
