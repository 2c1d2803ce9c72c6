#include "tests.h"
#include <sys/prctl.h>

/* prctl(2), PR_SET_NAME and PR_GET_NAME: 15 bytes, and /proc/self/comm. */
int main(void)
{
	char name[17] = "", comm[32] = "";
	int fd;

	CHECK(prctl(PR_SET_NAME, "a-name-that-is-too-long") == 0);
	CHECK(prctl(PR_GET_NAME, name) == 0);
	CHECK(strcmp(name, "a-name-that-is-") == 0);
	fd = open("/proc/self/comm", O_RDONLY);
	CHECK(read(fd, comm, sizeof(comm)) == 16);
	CHECK(strcmp(comm, "a-name-that-is-\n") == 0);
	close(fd);
	CHECK(prctl(PR_SET_NAME, nowhere) == -1 && errno == EFAULT);
	return check_status();
}
