/* F_SEAL_WRITE minds shared mappings that may be written; private ones and read-only ones of a sealed file do not matter. */
#include "tests.h"

#ifndef F_SEAL_FUTURE_WRITE
#define F_SEAL_FUTURE_WRITE 0x10
#endif

#define PAGE 4096

int main(void)
{
	int fd = memfd_create("sealed", MFD_ALLOW_SEALING), future = memfd_create("future", MFD_ALLOW_SEALING);
	char *private, *shared, *reader;

	alarm(20);
	CHECK(write(fd, "abc", 3) == 3 && ftruncate(fd, PAGE) == 0 && ftruncate(future, PAGE) == 0);
	private = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	shared = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, 0); /* could be made writable */
	CHECK(private != MAP_FAILED && shared != MAP_FAILED);
	CHECK(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE) == -1 && errno == EBUSY);
	CHECK(munmap(shared, PAGE) == 0);
	CHECK(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE) == 0);
	private[0] = 'x';
	CHECK(memcmp(private, "xbc", 3) == 0);
	CHECK(write(fd, "d", 1) == -1 && errno == EPERM);
	CHECK(mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) == MAP_FAILED && errno == EPERM);
	CHECK(mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0) != MAP_FAILED);
	/* the mappings that are there stay writable, new ones are not */
	shared = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, future, 0);
	CHECK(fcntl(future, F_ADD_SEALS, F_SEAL_FUTURE_WRITE) == 0);
	shared[0] = 'f';
	CHECK(write(future, "g", 1) == -1 && errno == EPERM);
	CHECK(mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, future, 0) == MAP_FAILED && errno == EPERM);
	reader = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, future, 0);
	CHECK(reader != MAP_FAILED && reader[0] == 'f');
	CHECK(mprotect(reader, PAGE, PROT_READ | PROT_WRITE) == -1 && errno == EACCES);
	CHECK(fcntl(future, F_GET_SEALS) == F_SEAL_FUTURE_WRITE);
	return check_status();
}
