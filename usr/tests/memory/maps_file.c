#include "tests.h"

/* /proc/self/maps shows a mapping with its protection. */
int main(void)
{
	char *p = mmap(NULL, 3 * PAGE_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char line[512], wanted[64], mode[8] = "";
	unsigned long start, end;
	FILE *maps;

	mprotect(p, PAGE_SIZE, PROT_NONE);
	mprotect(p + 2 * PAGE_SIZE, PAGE_SIZE, PROT_NONE);
	maps = fopen("/proc/self/maps", "r");
	CHECK(maps != NULL);
	snprintf(wanted, sizeof(wanted), "%lx-", (unsigned long)p + PAGE_SIZE);
	while (fgets(line, sizeof(line), maps))
		if (strncmp(line, wanted, strlen(wanted)) == 0 && sscanf(line, "%lx-%lx %7s", &start, &end, mode) == 3)
			break;
	CHECK(strcmp(mode, "r--p") == 0);
	CHECK(end - start == PAGE_SIZE);
	fclose(maps);
	return check_status();
}
