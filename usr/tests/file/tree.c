#include "file.h"

static int count;

static int counter(const char *path, const struct stat *stat, int type, struct FTW *walk)
{
	(void)path, (void)stat, (void)type, (void)walk;
	count++;
	return 0;
}

/* A small tree made, listed and removed. */
int main(void)
{
	char path[64];
	int made = 0, removed;
	enter_empty("tree");
	for (int i = 0; i < 5; i++)
		for (int k = 0; k < 5; k++) {
			snprintf(path, sizeof path, "d%d", i);
			mkdir(path, 0755);
			snprintf(path, sizeof path, "d%d/e%d", i, k);
			mkdir(path, 0755);
			snprintf(path, sizeof path, "d%d/e%d/f", i, k);
			made += put(path, path) > 0;
		}
	CHECK(made == 25 && entries(".") == 5 && entries("d3") == 5);
	count = 0;
	CHECK(nftw(".", counter, 16, FTW_PHYS) == 0 && count == 1 + 5 + 25 + 25);
	removed = nftw(".", remove_entry, 16, FTW_DEPTH | FTW_PHYS);
	CHECK(removed == 0 && entries(".") == 0);
	return check_status();
}
