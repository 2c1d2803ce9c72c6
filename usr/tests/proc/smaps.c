/* /proc/PID/smaps and pagemap: what of a mapping is there and changed; mlock is shown. */
#include "text.h"

#include <stdint.h>

#define PAGE 4096

/* A field of the mapping at an address, in kB. */
static long of_range(const char *at, const char *label)
{
	char start[32], *text = text_of("/proc/self/smaps"), *found;

	sprintf(start, "%08lx-", (unsigned long)at);
	found = strstr(text, start);
	return found == NULL ? -1 : field_of(strchr(found, '\n') + 1, label);
}

static int present(const char *at)
{
	uint64_t word = 0;
	int fd = open("/proc/self/pagemap", O_RDONLY);
	int got = pread(fd, &word, 8, (unsigned long)at / PAGE * 8);

	close(fd);
	return got == 8 ? (int)(word >> 63) : -1;
}

int main(void)
{
	char *before = mmap(NULL, PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char *a = mmap(NULL, 20 * PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	long all;

	(void)before;
	mprotect(a + 4 * PAGE, 16 * PAGE, PROT_READ | PROT_WRITE); /* a range of its own */
	a += 4 * PAGE;
	CHECK(of_range(a, "Size:") == 64 && of_range(a, "Rss:") == 0);
	CHECK(present(a) == 0);
	a[0] = a[3 * PAGE] = 1;
	CHECK(of_range(a, "Rss:") == 8 && of_range(a, "Private_Dirty:") == 8 && of_range(a, "Anonymous:") == 8);
	CHECK(of_range(a, "Shared_Dirty:") == 0 && of_range(a, "Locked:") == 0);
	CHECK(present(a) == 1 && present(a + PAGE) == 0 && present(a + 3 * PAGE) == 1);
	CHECK(of_range(a, "KernelPageSize:") == 4);
	all = field_of(strchr(text_of("/proc/self/smaps_rollup"), '\n') + 1, "Rss:");
	CHECK(all >= 8);
	CHECK(madvise(a, 16 * PAGE, MADV_DONTNEED) == 0 && of_range(a, "Rss:") == 0);
	return check_status();
}
