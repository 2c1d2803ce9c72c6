/* madvise, mincore, MAP_POPULATE, MAP_FIXED_NOREPLACE, msync and mlock on anonymous memory. */
#define _GNU_SOURCE
#include <sys/mman.h>

#include "check.h"

int main(void)
{
	unsigned char *area = mmap(NULL, 32 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	unsigned char *hint;

	if (area == MAP_FAILED)
		check_fatal("mmap");
	memset(area, 7, 32 * PAGE_SIZE);
	CHECK(madvise(area + 4 * PAGE_SIZE, 4 * PAGE_SIZE, MADV_DONTNEED) == 0);
	CHECK(area[4 * PAGE_SIZE - 1] == 7 && area[4 * PAGE_SIZE] == 0 && area[8 * PAGE_SIZE - 1] == 0 && area[8 * PAGE_SIZE] == 7);
	area[5 * PAGE_SIZE] = 9;
	CHECK(madvise(area, 32 * PAGE_SIZE, MADV_WILLNEED) == 0 && area[5 * PAGE_SIZE] == 9);
	CHECK(madvise(area, 32 * PAGE_SIZE, MADV_NORMAL) == 0 && madvise(area, PAGE_SIZE, MADV_SEQUENTIAL) == 0);
	SHOW(madvise(area + 1, PAGE_SIZE, MADV_DONTNEED));
	SHOW(madvise(area, PAGE_SIZE, 9999));
	SHOW(madvise((void *)0x10000, PAGE_SIZE, MADV_DONTNEED));
	CHECK(mlock(area, PAGE_SIZE) == 0 && munlock(area, PAGE_SIZE) == 0);
	CHECK(msync(area, PAGE_SIZE, MS_SYNC) == 0);
	SHOW(msync(area, PAGE_SIZE, MS_SYNC | MS_ASYNC));

	hint = mmap(area + 8 * PAGE_SIZE, PAGE_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(hint != MAP_FAILED && (hint < area || hint >= area + 32 * PAGE_SIZE)); /* a hint only */
	CHECK(munmap(area + 8 * PAGE_SIZE, PAGE_SIZE) == 0);
	CHECK(mmap(area + 8 * PAGE_SIZE, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == area + 8 * PAGE_SIZE);
	CHECK(area[8 * PAGE_SIZE] == 0);
	CHECK(mmap(NULL, 8 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0) != MAP_FAILED);
	/* A big reservation of which little is used, as run-time systems make them. */
	hint = mmap(NULL, 64UL << 30, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	CHECK(hint != MAP_FAILED);
	CHECK(mprotect(hint + (33UL << 30), 16 * PAGE_SIZE, PROT_READ | PROT_WRITE) == 0);
	hint[(33UL << 30) + 5] = 5;
	CHECK(hint[(33UL << 30) + 5] == 5 && hint[(33UL << 30) + 4096] == 0);
	CHECK(munmap(hint, 64UL << 30) == 0);
	return check_status();
}
