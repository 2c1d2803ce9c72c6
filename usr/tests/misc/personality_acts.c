#include "tests.h"
#include <sys/personality.h>
#include <sys/utsname.h>

/* Whether the mapping that begins there may be executed. */
static int is_executable(const void *at)
{
	FILE *maps = fopen("/proc/self/maps", "r");
	char line[512], rights[8];
	unsigned long start, end;
	int found = -1;

	while (maps != NULL && fgets(line, sizeof(line), maps) != NULL)
		if (sscanf(line, "%lx-%lx %7s", &start, &end, rights) == 3 && start <= (unsigned long)at && (unsigned long)at < end)
			found = rights[2] == 'x';
	fclose(maps);
	return found;
}

static void *page(int prot)
{
	return mmap(NULL, 4096, prot, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

/* personality(2): READ_IMPLIES_EXEC for mmap and mprotect, UNAME26 for uname. */
int main(void)
{
	struct utsname name;
	void *before = page(PROT_READ), *after, *hidden;

	alarm(20);
	CHECK(personality(READ_IMPLIES_EXEC) >= 0);
	after = page(PROT_READ | PROT_WRITE);
	hidden = page(PROT_NONE);
	CHECK(is_executable(before) == 0 && is_executable(after) == 1 && is_executable(hidden) == 0);
	CHECK(mprotect(before, 4096, PROT_READ | PROT_WRITE) == 0 && is_executable(before) == 1);
	CHECK(personality(0) == READ_IMPLIES_EXEC);
	CHECK(mprotect(before, 4096, PROT_READ) == 0 && is_executable(before) == 0);
	CHECK(personality(UNAME26) == 0 && uname(&name) == 0 && strncmp(name.release, "2.6.", 4) == 0);
	CHECK(personality(0) == UNAME26 && uname(&name) == 0 && strncmp(name.release, "2.6.", 4) != 0);
	return check_status();
}
