/* Arguments, environment, auxiliary vector, initial stack: what is stable of them. */
#define _GNU_SOURCE
#include <elf.h>
#include <link.h>
#include <sys/auxv.h>

#include "check.h"

extern char **environ;

int main(int argc, char **argv)
{
	ElfW(auxv_t) *aux;
	char **env = environ;
	uintptr_t stack = (uintptr_t)argv;
	unsigned long hwcap = 0;
	int strings_in_order = 1;

	printf("argc %d\n", argc);
	for (int i = 0; i < argc; i++)
		printf("argv[%d]: %s\n", i, i ? argv[i] : strrchr(argv[0], '/') + 1);
	for (int i = 1; i < argc; i++)
		strings_in_order &= argv[i] == argv[i - 1] + strlen(argv[i - 1]) + 1;
	CHECK(argv[argc] == NULL && environ == argv + argc + 1 && strings_in_order);
	for (int i = 0; env[i]; i++)
		if (strncmp(env[i], "LEGO_", 5) == 0)
			printf("env: %s\n", env[i]);
	printf("HOME %s\n", getenv("LEGO_NOT_THERE") ? "?" : "unset as it should be");
	while (*env)
		env++;
	aux = (void *)(env + 1);
	CHECK(((uintptr_t)(argv - 1) & 15) == 0); /* rsp at entry */
	for (; aux->a_type != AT_NULL; aux++)
		if (aux->a_type == AT_HWCAP)
			hwcap = aux->a_un.a_val;
	CHECK(getauxval(AT_PAGESZ) == 4096);
	CHECK(getauxval(AT_PHENT) == 56 && getauxval(AT_PHNUM) > 3 && getauxval(AT_PHDR) != 0);
	CHECK(memcmp((void *)(getauxval(AT_PHDR) - 64), ELFMAG, 4) == 0);
	CHECK(getauxval(AT_BASE) == 0 && getauxval(AT_FLAGS) == 0 && getauxval(AT_CLKTCK) == 100);
	CHECK(getauxval(AT_SECURE) == 0 && getauxval(AT_UID) == getuid() && getauxval(AT_EGID) == getegid());
	CHECK(getauxval(AT_RANDOM) > stack && getauxval(AT_ENTRY) != 0);
	CHECK(hwcap & 1); /* CPUID.1 EDX: FPU; the C library answers otherwise */
	CHECK(strcmp((char *)getauxval(AT_PLATFORM), "x86_64") == 0);
	CHECK(strcmp((char *)getauxval(AT_EXECFN), argv[0]) == 0);
	CHECK(strcmp(program_invocation_name, argv[0]) == 0);
	CHECK(setenv("LEGO_NEW", "value", 1) == 0 && strcmp(getenv("LEGO_NEW"), "value") == 0);
	return check_status();
}
