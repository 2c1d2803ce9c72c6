#include "file.h"

/* Fifty names of one file, in two directories. */
int main(void)
{
	char name[32];
	struct stat stat;
	int good = 1;
	enter_empty("many_links");
	put("f", "x");
	mkdir("d", 0755);
	for (int i = 0; i < 50; i++) {
		snprintf(name, sizeof name, i % 2 ? "d/n%d" : "n%d", i);
		good &= link("f", name) == 0;
	}
	CHECK(good && lstat("f", &stat) == 0 && stat.st_nlink == 51);
	for (int i = 0; i < 50; i++) {
		snprintf(name, sizeof name, i % 2 ? "d/n%d" : "n%d", i);
		good &= unlink(name) == 0;
	}
	CHECK(good && lstat("f", &stat) == 0 && stat.st_nlink == 1 && holds("f", "x"));
	return check_status();
}
