#include "tests.h"
#include <sys/auxv.h>

/* The environment and auxiliary vector of a fresh program. */
int main(void)
{
	CHECK(getenv("PATH") != NULL);
	CHECK(getenv("NO_SUCH_VARIABLE") == NULL);
	CHECK(getauxval(AT_PAGESZ) == PAGE_SIZE);
	CHECK(getauxval(AT_CLKTCK) == 100);
	CHECK(getauxval(AT_PHDR) != 0 && getauxval(AT_PHNUM) > 0 && getauxval(AT_ENTRY) != 0);
	CHECK(getauxval(AT_RANDOM) != 0 && getauxval(AT_SECURE) == 0);
	CHECK(getauxval(AT_UID) == getuid() && getauxval(AT_EGID) == getegid());
	CHECK(strlen((char *)getauxval(AT_EXECFN)) > 0);
	CHECK(strcmp((char *)getauxval(AT_PLATFORM), "x86_64") == 0);
	CHECK(sysconf(_SC_NPROCESSORS_ONLN) > 0);
	return check_status();
}
