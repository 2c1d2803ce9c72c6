/* Memory: an operation is one range that is mapped, used and given back in one of several ways. */
#include "soak.h"
#include <sys/mman.h>

enum { PAGE = 4096 };

static void prepare(const char *self)
{
	(void)self;
}

static char *mapped(size_t size)
{
	char *at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	MUST(at != MAP_FAILED);
	return at;
}

static void plain(unsigned long i)
{
	size_t pages = i % 9 + 1;
	char *at = mapped(pages * PAGE);

	for (size_t page = 0; page < pages; page += 2)
		at[page * PAGE] = 1;
	MUST(munmap(at, pages * PAGE) == 0);
}

static void with_holes(void)
{
	char *at = mapped(8 * PAGE);

	memset(at, 1, 8 * PAGE);
	MUST(munmap(at + PAGE, PAGE) == 0 && mprotect(at + 3 * PAGE, PAGE, PROT_READ) == 0);
	MUST(madvise(at + 5 * PAGE, PAGE, MADV_DONTNEED) == 0 && at[5 * PAGE] == 0 && munmap(at, 8 * PAGE) == 0);
}

static void moved(void)
{
	char *at = mapped(2 * PAGE), *wall = mmap(at + 2 * PAGE, PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), *to;

	at[PAGE] = 5;
	to = mremap(at, 2 * PAGE, 10 * PAGE, MREMAP_MAYMOVE);
	MUST(to != MAP_FAILED && to[PAGE] == 5);
	to[9 * PAGE] = 1;
	MUST(mremap(to, 10 * PAGE, PAGE, 0) == to && munmap(to, PAGE) == 0 && munmap(wall, PAGE) == 0);
}

static void heap(unsigned long i)
{
	void *blocks[20];
	char *before = sbrk(0);

	for (int b = 0; b < 20; b++)
		MUST((blocks[b] = calloc(1, (i * 7919 + b * 977) % 50000 + 1)) != NULL);
	for (int b = 0; b < 20; b++)
		free(blocks[b]);
	MUST(sbrk(3 * PAGE) != (void *)-1);
	before[0] += 0;
	MUST(sbrk(-3 * PAGE) != (void *)-1);
}

static void far(void)
{
	char *at = mmap(NULL, 1ul << 32, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	MUST(at != MAP_FAILED);
	for (unsigned long where = 0; where < 1ul << 32; where += 1ul << 30)
		at[where] = 1;
	MUST(munmap(at, 1ul << 32) == 0);
}

static void shared(void)
{
	char *at = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	MUST(at != MAP_FAILED);
	memset(at, 1, 4 * PAGE);
	MUST(munmap(at, 4 * PAGE) == 0);
}

static void operate(unsigned long i)
{
	switch (i % 16) {
	case 1: case 2: with_holes(); break;
	case 5: case 6: moved(); break;
	case 9: heap(i); break;
	case 11: shared(); break;
	case 13: far(); break;
	default: plain(i);
	}
}
