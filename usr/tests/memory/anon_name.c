/* PR_SET_VMA_ANON_NAME names anonymous memory in /proc/self/maps. */
#include "tests.h"
#include <sys/prctl.h>

#ifndef PR_SET_VMA
#define PR_SET_VMA 0x53564d41
#define PR_SET_VMA_ANON_NAME 0
#endif

#define PAGE 4096

static int is_in_maps(const char *text)
{
	FILE *maps = fopen("/proc/self/maps", "r");
	char line[512];
	int found = 0;

	while (maps != NULL && fgets(line, sizeof(line), maps) != NULL)
		found += strstr(line, text) != NULL;
	fclose(maps);
	return found;
}

static int name(void *at, size_t length, const char *text)
{
	return prctl(PR_SET_VMA, PR_SET_VMA_ANON_NAME, at, length, text);
}

int main(void)
{
	char *area = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int result;

	alarm(20);
	result = name(area, PAGE, "my arena");
	if (result == -1 && errno == EINVAL) { /* a kernel without CONFIG_ANON_VMA_NAME: what all have */
		CHECK(prctl(PR_SET_VMA, 5, area, PAGE, "x") == -1 && errno == EINVAL);
		return check_status();
	}
	if (result != 0 || is_in_maps("[anon:my arena]") != 1 || is_in_maps("[anon:other]") != 0)
		return 2;
	if (name(area + PAGE, PAGE, "other") != 0 || is_in_maps("[anon:other]") != 1)
		return 3;
	if (name(area, PAGE, NULL) != 0 || is_in_maps("[anon:my arena]") != 0)
		return 4;
	if (name(area, PAGE, "bad[name") == 0 || errno != EINVAL || name(area + 1, PAGE, "x") == 0 || errno != EINVAL)
		return 5;
	munmap(area + 2 * PAGE, PAGE);
	if (name(area, 4 * PAGE, "y") == 0 || errno != ENOMEM)
		return 6;
	CHECK(prctl(PR_SET_VMA, 5, area, PAGE, "x") == -1 && errno == EINVAL);
	return check_status();
}
