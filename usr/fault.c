/*
 * fault KIND: dies as KIND says. Each way ends in the signal that Linux sends for it.
 * fault catch: goes through most of them with a handler that prints the siginfo.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>
#include <ucontext.h>

#include "check.h"

static const char constant[] = "in read-only memory";
static volatile int zero;
static unsigned char return_instruction[PAGE_SIZE] __attribute__((aligned(4096))) = { 0xc3 };
static void *none_page, *read_page;

static void null_read(void) { (void)*(volatile int *)(uintptr_t)zero; }
static void null_write(void) { *(volatile int *)(uintptr_t)zero = 1; }
static void null_call(void) { ((void (*)(void))(uintptr_t)zero)(); }
static void wild_read(void) { (void)*(volatile int *)(0x123456789000UL + zero); }
static void wild_call(void) { ((void (*)(void))(0x123456789000UL + zero))(); }
static void noncanonical(void) { (void)*(volatile int *)(0xdeadbeefdeadbeefUL + zero); }
static void kernel_address(void) { (void)*(volatile int *)(0xffffffff81000000UL + zero); }
static void write_constant(void) { *(volatile char *)(uintptr_t)constant = 'X'; }
static void write_text(void) { *(volatile char *)(uintptr_t)null_read = 'X'; }
static void execute_data(void) { (void)*(volatile unsigned char *)return_instruction; ((void (*)(void))(uintptr_t)return_instruction)(); }
static void none_read(void) { (void)*(volatile char *)none_page; }
static void readonly_write(void) { *((volatile char *)read_page + 123) = 1; }
static void divide(void) { int one = 1; __asm__ volatile("cltd; idivl %1" : "+a"(one) : "m"(zero) : "edx"); }
static void divide_overflow(void) { int most = INT32_MIN; __asm__ volatile("cltd; idivl %1" : "+a"(most) : "r"(-1 + zero) : "edx"); }
static void illegal(void) { __asm__ volatile("ud2"); }
static void breakpoint(void) { __asm__ volatile("int3"); }
static void halt(void) { __asm__ volatile("hlt"); }
static void misaligned(void) { __asm__ volatile("movaps (%0), %%xmm0" : : "r"(return_instruction + 1) : "xmm0"); }
static void port(void) { __asm__ volatile("outb %%al, $0x80" : : "a"(0)); }
static void read_cr3(void) { __asm__ volatile("mov %%cr3, %%rax" : : : "rax"); }

static int recurse(int depth)
{
	volatile char frame[1024];

	frame[depth % 1024] = (char)depth;
	return depth < 0 ? 0 : recurse(depth + 1) + frame[depth % 1024];
}

static void stack_overflow(void) { printf("%d\n", recurse(zero)); }

static const struct kind {
	const char *name;
	void (*run)(void);
} kinds[] = {
	{ "null_read", null_read }, { "null_write", null_write }, { "null_call", null_call },
	{ "wild_read", wild_read }, { "wild_call", wild_call }, { "noncanonical", noncanonical },
	{ "kernel_address", kernel_address }, { "write_constant", write_constant }, { "write_text", write_text },
	{ "execute_data", execute_data }, { "none_read", none_read }, { "readonly_write", readonly_write },
	{ "divide", divide }, { "divide_overflow", divide_overflow }, { "illegal", illegal },
	{ "breakpoint", breakpoint }, { "halt", halt }, { "port", port }, { "read_cr3", read_cr3 },
	/* From here on not in "catch". */
	{ "misaligned", misaligned }, { "abort", abort }, { "stack_overflow", stack_overflow },
};

#define NR_KINDS (sizeof(kinds) / sizeof(kinds[0]))
#define NR_CAUGHT (NR_KINDS - 3)

static sigjmp_buf back;

static const char *address_kind(const void *address)
{
	uintptr_t at = (uintptr_t)address;

	if (at == 0)
		return "null";
	if (at == 0x123456789000UL)
		return "the wild address";
	if (at == 0xffffffff81000000UL)
		return "the kernel address";
	if (address == constant)
		return "the constant";
	if (address == (void *)(uintptr_t)null_read)
		return "the function";
	if (address == return_instruction)
		return "the data page";
	if (address == none_page)
		return "the PROT_NONE page";
	if (at == (uintptr_t)read_page + 123)
		return "the PROT_READ page + 123";
	return "elsewhere";
}

static void on_fault(int sig, siginfo_t *info, void *context)
{
	const ucontext_t *uc = context;
	const greg_t *reg = uc->uc_mcontext.gregs;
	/* The code of faults other than page faults has no address in common between runs. */
	const char *where = sig == SIGSEGV ? address_kind(info->si_addr) : "an instruction";

	printf("signal %d, si_code %d, si_addr %s, trap %lld, error %#llx\n", sig, info->si_code, where,
	       (long long)reg[REG_TRAPNO], (long long)reg[REG_ERR]);
	if (sig != SIGSEGV && sig != SIGTRAP && sig != SIGABRT && (long long)info->si_addr != reg[REG_RIP])
		printf("si_addr is not rip\n");
	siglongjmp(back, 1);
}

static void catch_all(void)
{
	static const int signals[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP };
	struct sigaction action = { .sa_sigaction = on_fault, .sa_flags = SA_SIGINFO };

	for (unsigned i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		sigaction(signals[i], &action, NULL);
	for (unsigned i = 0; i < NR_CAUGHT; i++) {
		printf("%s: ", kinds[i].name);
		if (sigsetjmp(back, 1) == 0) {
			kinds[i].run();
			puts("BUG: nothing happened");
		}
	}
}

int main(int argc, char **argv)
{
	none_page = mmap(NULL, PAGE_SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	read_page = mmap(NULL, PAGE_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (argc == 2 && strcmp(argv[1], "catch") == 0) {
		catch_all();
		return 0;
	}
	for (unsigned i = 0; i < NR_KINDS; i++)
		if (argc == 2 && strcmp(argv[1], kinds[i].name) == 0) {
			printf("about to die of %s\n", kinds[i].name);
			fflush(stdout);
			kinds[i].run();
			puts("BUG: nothing happened");
			return 1;
		}
	fputs("usage: fault KIND, with KIND one of: catch", stderr);
	for (unsigned i = 0; i < NR_KINDS; i++)
		fprintf(stderr, " %s", kinds[i].name);
	fputs("\n", stderr);
	return 2;
}
