/*
 * Code that is made at run time: written, run, changed in place and run again.
 * jit self: code that also changes the instruction that it runs next.
 */
#define _GNU_SOURCE
#include <sys/mman.h>

#include "check.h"

typedef int (*function)(int);

/* mov eax, imm32; add eax, edi; ret */
static void emit(unsigned char *code, int32_t addend)
{
	code[0] = 0xb8;
	memcpy(code + 1, &addend, 4);
	memcpy(code + 5, "\x01\xf8\xc3", 3);
}

static void patch_in_place(unsigned char *code)
{
	long sum = 0;

	for (int i = 0; i < 500; i++) {
		emit(code, i);
		sum += ((function)(uintptr_t)code)(1000);
	}
	printf("patched in place: %ld\n", sum);
}

static void over_pages(unsigned char *code)
{
	long sum = 0;

	/* The instruction lies on two pages. */
	for (int i = 0; i < 100; i++) {
		emit(code + PAGE_SIZE - 3, i);
		sum += ((function)(uintptr_t)(code + PAGE_SIZE - 3))(1);
	}
	printf("over two pages: %ld\n", sum);
}

static void write_then_execute(void)
{
	unsigned char *code = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	long sum = 0;

	for (int i = 0; i < 50; i++) {
		mprotect(code, PAGE_SIZE, PROT_READ | PROT_WRITE);
		emit(code + i, i * 3);
		mprotect(code, PAGE_SIZE, PROT_READ | PROT_EXEC);
		sum += ((function)(uintptr_t)(code + i))(0);
	}
	printf("write xor execute: %ld\n", sum);
	munmap(code, PAGE_SIZE);
}

/* A new mapping at the same address must not run the old code. */
static void mapped_again(void)
{
	void *at = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	long sum = 0;

	for (int i = 0; i < 50; i++) {
		unsigned char *code = mmap(at, PAGE_SIZE, PROT_READ | PROT_WRITE | PROT_EXEC,
					   MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);

		emit(code, i * 7);
		sum += ((function)(uintptr_t)code)(0);
	}
	printf("mapped again: %ld\n", sum);
}

/* jit self: the code overwrites the immediate of its own next instruction. */
static void changes_itself(unsigned char *code)
{
	/* mov [rip+1], edi; mov eax, 0; ret */
	static const unsigned char self[] = { 0x89, 0x3d, 1, 0, 0, 0, 0xb8, 0, 0, 0, 0, 0xc3 };
	long sum = 0;

	memcpy(code, self, sizeof(self));
	for (int i = 0; i < 100; i++)
		sum += ((function)(uintptr_t)code)(i);
	printf("changes itself: %ld\n", sum);
}

int main(int argc, char **argv)
{
	unsigned char *code = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)argv;
	if (code == MAP_FAILED)
		check_fatal("mmap");
	patch_in_place(code);
	over_pages(code);
	write_then_execute();
	mapped_again();
	if (argc > 1)
		changes_itself(code);
	return check_status();
}
