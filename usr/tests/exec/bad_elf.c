/* ELF files for nobody: wrong class, wrong machine, no program headers. */
#include "run.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	alarm(20);
	enter_scratch("exec-bad_elf");

	unsigned char elf[128] = {0x7f, 'E', 'L', 'F', 2, 1, 1};

	elf[16] = 2;
	elf[18] = 183;
	put("arm", elf, sizeof(elf), 0755);
	CHECK(exec_errno("./arm") == ENOEXEC);
	elf[18] = 62;
	put("nothing", elf, sizeof(elf), 0755);
	CHECK(exec_errno("./nothing") == ENOEXEC);
	elf[16] = 1;
	put("object", elf, sizeof(elf), 0755);
	CHECK(exec_errno("./object") == ENOEXEC);
	return check_status();
}
