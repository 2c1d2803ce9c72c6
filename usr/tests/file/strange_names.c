#include "file.h"

/* Names are bytes: everything but slash and NUL. */
int main(void)
{
	char name[2] = "", found[256] = "";
	int good = 1, count = 0;
	enter_empty("strange_names");
	for (int c = 1; c < 256; c++) {
		name[0] = c;
		if (c != '/' && c != '.')
			good &= put(name, name) == 1;
	}
	CHECK(good);
	DIR *dir = opendir(".");
	for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir))
		if (entry->d_name[1] == 0 && entry->d_name[0] != '.')
			found[(unsigned char)entry->d_name[0]]++, count++;
	closedir(dir);
	for (int c = 1; c < 256; c++)
		good &= found[c] == (c != '/' && c != '.');
	CHECK(good && count == 253);
	CHECK(put(" ", "space") == 5 && holds(" ", "space"));
	return check_status();
}
