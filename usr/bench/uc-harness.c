/*
 * uc-harness LIBUNICORN PROGRAM [ARG...]: runs a static x86-64 program on the same CPU engine as LegoOS does, driven from C:
 * what Java adds to compute is the difference. The engine is set up as LegoOS does it: virtual TLB, data not executable,
 * exits at block ends only. Memory is flat, and only the few system calls that the programs of bench/ need are there.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <elf.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

/* What is used of unicorn.h (API 2.1). */
enum { ARCH_X86 = 4, MODE_64 = 8, HOOK_INSN = 2, HOOK_TLB_FILL = 1 << 17, INS_SYSCALL = 699, INS_CPUID = 113 };
enum { PROT_R = 1, PROT_W = 2, PROT_X = 4, PROT_RWX = 7, CPU_HASWELL = 19, BUFFER_BYTES = 64 << 20 };
enum { RAX = 35, RCX = 38, RDI = 39, RDX = 40, RIP = 41, RSI = 43, RSP = 44, CR0 = 50, CR4 = 54, R10 = 108, R11 = 109, MSR = 248, FS_BASE = 250 };
#define CTL(number) (1 << 30 | 1 << 26 | (number))
enum { EXITS_ENABLE = CTL(4), CPU_MODEL = CTL(7), TLB_TYPE = CTL(12), BUFFER_SIZE = CTL(13), TLB_FLUSH = 1 << 30 | 11 };

#define RAM_BYTES (1UL << 30)
#define MMAP_BASE (512UL << 20)
#define STUB_VA 0xffffffff80000000UL
#define STUB_PA (1UL << 39)
#define PAGE 4096UL

static int (*uc_open)(int, int, void **);
static int (*uc_ctl)(void *, int, ...);
static int (*uc_mem_map_ptr)(void *, uint64_t, uint64_t, int, void *);
static int (*uc_hook_add)(void *, void **, int, void *, void *, uint64_t, uint64_t, ...);
static int (*uc_reg_read)(void *, int, void *);
static int (*uc_reg_write)(void *, int, const void *);
static int (*uc_emu_start)(void *, uint64_t, uint64_t, uint64_t, uint64_t);

static void *uc;
static char *ram;
static uint64_t code_from = -1UL, code_to, heap_end, mmap_next = MMAP_BASE;

static void die(const char *what)
{
	fprintf(stderr, "uc-harness: %s\n", what);
	_exit(125);
}

static uint64_t reg(int number)
{
	uint64_t value = 0;

	uc_reg_read(uc, number, &value);
	return value;
}

static void set_reg(int number, uint64_t value)
{
	uint64_t wide[2] = { value, 0 };

	uc_reg_write(uc, number, wide);
}

struct tlb_entry {
	uint64_t paddr;
	int perms;
};

static bool on_tlb_fill(void *engine, uint64_t va, int type, struct tlb_entry *entry, void *data)
{
	(void)engine, (void)type, (void)data;
	if (va == STUB_VA) {
		*entry = (struct tlb_entry){ STUB_PA, PROT_R | PROT_X };
		return true;
	}
	if (va < PAGE || va >= RAM_BYTES)
		return false;
	*entry = (struct tlb_entry){ va, va >= code_from && va < code_to ? PROT_R | PROT_X : PROT_R | PROT_W };
	return true;
}

static int on_cpuid(void *engine, void *data)
{
	(void)engine, (void)data;
	return 0; /* the engine's own answer */
}

static uint64_t system_call(uint64_t number, uint64_t a, uint64_t b, uint64_t c)
{
	switch (number) {
	case 1: /* write */
		return b < RAM_BYTES && c < RAM_BYTES - b ? (uint64_t)write((int)a, ram + b, c) : -14UL;
	case 5: case 262: /* fstat, newfstatat: of a pipe, so that stdio does not ask for more */
		b = number == 262 ? c : b;
		memset(ram + b, 0, 144);
		*(uint32_t *)(ram + b + 24) = 0010600;
		return 0;
	case 9: /* mmap */
		a = mmap_next;
		mmap_next += (b + PAGE - 1) & -PAGE;
		if (mmap_next > RAM_BYTES - (16 << 20))
			mmap_next = a, a = -12UL;
		return a;
	case 11: /* munmap: the latest mapping is used again, zeroed */
		b = (b + PAGE - 1) & -PAGE;
		madvise(ram + a, b, MADV_DONTNEED);
		uc_ctl(uc, TLB_FLUSH); /* as any OS must; the engine's TLB also grows then */
		if (a + b == mmap_next)
			mmap_next = a;
		return 0;
	case 12: /* brk */
		if (a >= heap_end && a < MMAP_BASE)
			heap_end = a;
		return heap_end;
	case 39: /* getpid */
		return 1;
	case 158: /* arch_prctl(ARCH_SET_FS) */
		set_reg(FS_BASE, b);
		return 0;
	case 228: /* clock_gettime */
		clock_gettime((clockid_t)a, (struct timespec *)(ram + b));
		return 0;
	case 231: case 60:
		fflush(NULL);
		_exit((int)a);
	case 10: case 218: case 273: case 302: case 14: /* mprotect, set_tid_address, set_robust_list, prlimit64, rt_sigprocmask */
		return 0;
	default:
		return -38UL;
	}
}

static void on_syscall(void *engine, void *data)
{
	(void)engine, (void)data;
	set_reg(RAX, system_call(reg(RAX), reg(RDI), reg(RSI), reg(RDX)));
	set_reg(RCX, reg(RIP) + 2);
}

static void *symbol(void *library, const char *name)
{
	void *at = dlsym(library, name);

	if (!at)
		die(name);
	return at;
}

/* uc->no_exit_request: the first "cmpb $0, disp32(reg)" of check_exit_request. */
static void no_exit_request(void *library)
{
	const unsigned char *code = symbol(library, "check_exit_request_x86_64");

	for (int at = 0; at < 128; at++) {
		if (code[at] == 0x80 && (code[at + 1] & 0xf8) == 0xb8 && code[at + 6] == 0) {
			uint32_t offset;

			memcpy(&offset, code + at + 2, sizeof(offset));
			((char *)uc)[offset] = 1;
			return;
		}
	}
	die("no_exit_request not found");
}

static void open_engine(const char *path)
{
	void *library = dlopen(path, RTLD_NOW), *hook;

	if (!library)
		die(dlerror());
	*(void **)&uc_open = symbol(library, "uc_open");
	*(void **)&uc_ctl = symbol(library, "uc_ctl");
	*(void **)&uc_mem_map_ptr = symbol(library, "uc_mem_map_ptr");
	*(void **)&uc_hook_add = symbol(library, "uc_hook_add");
	*(void **)&uc_reg_read = symbol(library, "uc_reg_read");
	*(void **)&uc_reg_write = symbol(library, "uc_reg_write");
	*(void **)&uc_emu_start = symbol(library, "uc_emu_start");
	if (uc_open(ARCH_X86, MODE_64, &uc))
		die("uc_open failed");
	uc_ctl(uc, BUFFER_SIZE, BUFFER_BYTES);
	uc_ctl(uc, CPU_MODEL, CPU_HASWELL);
	if (uc_mem_map_ptr(uc, 0, RAM_BYTES, PROT_RWX, ram))
		die("uc_mem_map_ptr failed");
	uc_ctl(uc, TLB_TYPE, 1);
	uc_ctl(uc, EXITS_ENABLE, 1);
	no_exit_request(library);
	uc_hook_add(uc, &hook, HOOK_TLB_FILL, on_tlb_fill, NULL, 1, 0);
	uc_hook_add(uc, &hook, HOOK_INSN, on_syscall, NULL, 1, 0, INS_SYSCALL);
	uc_hook_add(uc, &hook, HOOK_INSN, on_cpuid, NULL, 1, 0, INS_CPUID);
}

/* To CPL3, which takes an instruction: SYSRETQ; the program's first instruction follows it at once. */
static void enter(uint64_t entry, uint64_t stack)
{
	struct { uint32_t number; uint64_t value; } efer = { 0xc0000080, 0xd01 }, star = { 0xc0000081, 0x1bUL << 48 };
	char *stub = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int error;

	memcpy(stub, "\x48\x0f\x07", 3);
	uc_mem_map_ptr(uc, STUB_PA, PAGE, PROT_RWX, stub);
	uc_reg_write(uc, MSR, &efer);
	uc_reg_write(uc, MSR, &star);
	set_reg(CR4, 1 << 5 | 1 << 9 | 1 << 10 | 1 << 16);
	set_reg(CR0, 0x80010033);
	set_reg(RCX, entry);
	set_reg(R11, 0x202);
	set_reg(RSP, stack);
	error = uc_emu_start(uc, STUB_VA, 0, 0, 0);
	fprintf(stderr, "uc-harness: stopped with error %d at rip 0x%lx\n", error, reg(RIP));
	_exit(125);
}

static Elf64_Ehdr load(const char *path)
{
	FILE *file = fopen(path, "rb");
	Elf64_Ehdr header;
	Elf64_Phdr segment;
	uint64_t headers_va = 0;

	if (!file || fread(&header, sizeof(header), 1, file) != 1 || header.e_type != ET_EXEC)
		die("the program must be a static ET_EXEC file");
	for (int i = 0; i < header.e_phnum; i++) {
		if (fseek(file, (long)(header.e_phoff + i * sizeof(segment)), SEEK_SET) || fread(&segment, sizeof(segment), 1, file) != 1)
			die("truncated program");
		if (segment.p_type != PT_LOAD)
			continue;
		if (segment.p_vaddr + segment.p_memsz > MMAP_BASE || fseek(file, (long)segment.p_offset, SEEK_SET)
		    || fread(ram + segment.p_vaddr, 1, segment.p_filesz, file) != segment.p_filesz)
			die("bad segment");
		if (segment.p_flags & PF_X) {
			code_from = segment.p_vaddr & -PAGE;
			code_to = segment.p_vaddr + segment.p_memsz;
		}
		heap_end = (segment.p_vaddr + segment.p_memsz + PAGE) & -PAGE;
		if (segment.p_offset == 0)
			headers_va = segment.p_vaddr + header.e_phoff;
	}
	header.e_phoff = headers_va;
	fclose(file);
	return header;
}

static uint64_t push_string(uint64_t *at, const char *text)
{
	*at -= strlen(text) + 1;
	strcpy(ram + *at, text);
	return *at;
}

static uint64_t build_stack(const Elf64_Ehdr *header, int argc, char **argv)
{
	uint64_t at = RAM_BYTES - PAGE, words[64], count = 0, random = at -= 16;

	words[count++] = argc;
	for (int i = 0; i < argc; i++)
		words[count++] = push_string(&at, argv[i]);
	words[count++] = 0;
	words[count++] = 0;
	uint64_t aux[] = { AT_PHDR, header->e_phoff, AT_PHENT, header->e_phentsize, AT_PHNUM, header->e_phnum, AT_PAGESZ, PAGE,
			   AT_ENTRY, header->e_entry, AT_RANDOM, random, AT_SECURE, 0, AT_NULL, 0 };
	memcpy(words + count, aux, sizeof(aux));
	count += sizeof(aux) / 8;
	at = (at - count * 8) & -16UL;
	memcpy(ram + at, words, count * 8);
	return at;
}

int main(int argc, char **argv)
{
	Elf64_Ehdr header;

	if (argc < 3 || argc > 20)
		die("usage: uc-harness LIBUNICORN PROGRAM [ARG...]");
	ram = mmap(NULL, RAM_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (ram == MAP_FAILED)
		die("no memory");
	open_engine(argv[1]);
	header = load(argv[2]);
	enter(header.e_entry, build_stack(&header, argc - 2, argv + 2));
	return 125;
}
