#include "tests.h"
#include <sys/prctl.h>

#ifndef PR_SET_MDWE
#define PR_SET_MDWE 65
#define PR_GET_MDWE 66
#endif

#define PAGE 4096

static int bits_of_child(void *unused)
{
	(void)unused;
	return prctl(PR_GET_MDWE, 0, 0, 0, 0);
}

/* PR_SET_MDWE: memory is writable or executable, and does not become executable later. */
int main(void)
{
	char *data = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), *code;

	alarm(20);
	if (prctl(PR_GET_MDWE, 0, 0, 0, 0) == -1)
		return check_status(); /* before Linux 6.3 */
	CHECK(prctl(PR_SET_MDWE, 4, 0, 0, 0) == -1 && errno == EINVAL);
	CHECK(prctl(PR_SET_MDWE, 2, 0, 0, 0) == -1 && errno == EINVAL);
	CHECK(prctl(PR_SET_MDWE, 1, 1, 0, 0) == -1 && errno == EINVAL);
	CHECK(prctl(PR_SET_MDWE, 1, 0, 0, 0) == 0 && prctl(PR_GET_MDWE, 0, 0, 0, 0) == 1);
	CHECK(prctl(PR_SET_MDWE, 1, 0, 0, 0) == 0);
	CHECK(prctl(PR_SET_MDWE, 0, 0, 0, 0) == -1 && errno == EPERM);
	CHECK(mmap(NULL, PAGE, PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED && errno == EACCES);
	CHECK(mprotect(data, PAGE, PROT_READ | PROT_EXEC) == -1 && errno == EACCES);
	CHECK(mprotect(data, PAGE, PROT_READ) == 0 && mprotect(data, PAGE, PROT_READ | PROT_WRITE) == 0);
	code = mmap(NULL, PAGE, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(code != MAP_FAILED && mprotect(code, PAGE, PROT_READ | PROT_EXEC) == 0);
	CHECK(mprotect(code, PAGE, PROT_READ | PROT_WRITE | PROT_EXEC) == -1 && errno == EACCES);
	CHECK(wait_for(start_child(bits_of_child, NULL)) == 1);
	return check_status();
}
