/* Protection keys: bad arguments, and pkey_mprotect without a key, which any processor can do. */
#include "tests.h"

int main(void)
{
	char *page = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(syscall(SYS_pkey_alloc, 1UL, 0UL) == -1 && errno == EINVAL);
	CHECK(syscall(SYS_pkey_alloc, 0UL, 0x10UL) == -1 && errno == EINVAL);
	CHECK(syscall(SYS_pkey_free, 15) == -1 && errno == EINVAL);
	CHECK(syscall(SYS_pkey_mprotect, page, PAGE_SIZE, PROT_READ, -1) == 0);
	CHECK(syscall(SYS_pkey_mprotect, page, PAGE_SIZE, PROT_READ, 15) == -1 && errno == EINVAL);
	CHECK(syscall(SYS_pkey_mprotect, page + 1, PAGE_SIZE, PROT_READ, -1) == -1 && errno == EINVAL);
	CHECK(page[0] == 0);
	return check_status();
}
