/* Without reserved huge pages, who asks for some gets ENOMEM; sizes that no huge page has are EINVAL. */
#include "tests.h"
#include <sys/shm.h>

#define SIZE(log) ((log) << 26)

static void *huge(size_t length, int more)
{
	return mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB | more, -1, 0);
}

int main(void)
{
	FILE *reserved = fopen("/proc/sys/vm/nr_hugepages", "r");
	int count = 0;

	alarm(20);
	CHECK(reserved != NULL && fscanf(reserved, "%d", &count) == 1);
	if (count != 0)
		return check_status();
	CHECK(huge(1 << 21, 0) == MAP_FAILED && errno == ENOMEM);
	CHECK(huge(1 << 21, SIZE(21)) == MAP_FAILED && errno == ENOMEM);
	CHECK(huge(1 << 21, SIZE(17)) == MAP_FAILED && errno == EINVAL);
	CHECK(huge(0, 0) == MAP_FAILED && errno == EINVAL);
	CHECK(shmget(IPC_PRIVATE, 1 << 21, IPC_CREAT | SHM_HUGETLB | 0600) == -1 && (errno == ENOMEM || errno == EPERM));
	CHECK(shmget(IPC_PRIVATE, 1 << 21, IPC_CREAT | SHM_HUGETLB | SIZE(17) | 0600) == -1 && errno == EINVAL);
	return check_status();
}
