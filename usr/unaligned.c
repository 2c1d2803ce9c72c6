/* Accesses that lie on two pages, string instructions over many pages, and atomics on a fresh page. */
#include <sys/mman.h>

#include "check.h"

static unsigned char *fresh(size_t pages)
{
	unsigned char *area = mmap(NULL, pages * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (area == MAP_FAILED)
		check_fatal("mmap");
	return area;
}

/* Each store and load is the first touch of both of its pages. */
static void over_page_ends(void)
{
	unsigned char *area = fresh(64);
	uint64_t sum = 0;

	for (int i = 1; i < 63; i += 2) {
		uint64_t value = i * 0x0102030405060708UL;

		memcpy(area + i * PAGE_SIZE - 1 - i % 7, &value, 8);
	}
	for (int i = 1; i < 63; i += 2) {
		uint64_t value;

		memcpy(&value, area + i * PAGE_SIZE - 1 - i % 7, 8);
		sum = sum * 7 + value;
	}
	area = fresh(64);
	for (int i = 1; i < 64; i += 2)
		__atomic_fetch_add((uint64_t *)(area + i * PAGE_SIZE - 8), i, __ATOMIC_SEQ_CST);
	for (int i = 1; i < 64; i += 2)
		sum += *(uint64_t *)(area + i * PAGE_SIZE - 8);
	printf("over page ends: %016lx\n", sum);
}

static void string_instructions(void)
{
	unsigned char *from = fresh(32), *to = fresh(32);
	void *end = to + 3;
	size_t count = 31 * PAGE_SIZE - 7;

	for (size_t i = 0; i < 32 * PAGE_SIZE; i++)
		from[i] = (unsigned char)(i * 13 >> 3);
	__asm__ volatile("rep movsb" : "+D"(end), "+S"(from), "+c"(count) : : "memory");
	from -= 31 * PAGE_SIZE - 7;
	CHECK(count == 0 && (unsigned char *)end == to + 3 + 31 * PAGE_SIZE - 7);
	printf("rep movsb: %016lx\n", checksum(0, to, 32 * PAGE_SIZE));

	to = fresh(32);
	end = to + 5;
	count = 15000;
	__asm__ volatile("rep stosq" : "+D"(end), "+c"(count) : "a"(0x1122334455667788UL) : "memory");
	printf("rep stosq: %016lx\n", checksum(0, to, 32 * PAGE_SIZE));

	/* Backwards, onto fresh pages. */
	to = fresh(32);
	end = to + 32 * PAGE_SIZE - 8;
	from += 32 * PAGE_SIZE - 8;
	count = 16000;
	__asm__ volatile("std\n\trep movsq\n\tcld" : "+D"(end), "+S"(from), "+c"(count) : : "memory");
	printf("rep movsq backwards: %016lx\n", checksum(0, to, 32 * PAGE_SIZE));

	end = to;
	count = 32 * PAGE_SIZE;
	__asm__ volatile("repne scasb" : "+D"(end), "+c"(count) : "a"(0xab) : "memory", "cc");
	printf("repne scasb: found after %zu\n", (size_t)((unsigned char *)end - to));
}

static void push_to_a_fresh_stack(void)
{
	unsigned char *stack = fresh(4) + 4 * PAGE_SIZE;
	long got;

	__asm__ volatile("mov %%rsp, %%r12\n\tmov %1, %%rsp\n\tpush $77\n\tpushq (%%rsp)\n\tpop %0\n\tmov %%r12, %%rsp"
			 : "=&r"(got) : "r"(stack) : "r12", "memory");
	CHECK(got == 77);
}

int main(void)
{
	over_page_ends();
	string_instructions();
	push_to_a_fresh_stack();
	return check_status();
}
