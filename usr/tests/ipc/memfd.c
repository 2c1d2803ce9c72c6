#include "tests.h"

/* memfd_create(2): a file without a name: read, write, size, mappings that share. */
int main(void)
{
	int fd = memfd_create("name", MFD_CLOEXEC), i;
	struct stat st;
	char buffer[16], link[64], path[32];
	char *a, *b;
	ssize_t n;

	alarm(20);
	CHECK(fd >= 0 && fcntl(fd, F_GETFD) == FD_CLOEXEC && (fcntl(fd, F_GETFL) & O_ACCMODE) == O_RDWR);
	sprintf(path, "/proc/self/fd/%d", fd);
	n = readlink(path, link, sizeof link - 1);
	CHECK(n > 0 && strncmp(link, "/memfd:name (deleted)", n) == 0);
	CHECK(fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size == 0 && st.st_nlink == 0);
	CHECK(read(fd, buffer, 16) == 0);
	CHECK(write(fd, "hello", 5) == 5 && lseek(fd, 0, SEEK_CUR) == 5);
	CHECK(pwrite(fd, "end", 3, 10000) == 3 && lseek(fd, 0, SEEK_END) == 10003);
	CHECK(pread(fd, buffer, 16, 0) == 16 && memcmp(buffer, "hello\0\0", 7) == 0);
	CHECK(pread(fd, buffer, 16, 10000) == 3);
	CHECK((a = mmap(NULL, 12288, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0)) != MAP_FAILED);
	CHECK((b = mmap(NULL, 12288, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0)) != MAP_FAILED);
	CHECK(memcmp(a, "hello", 5) == 0 && memcmp(a + 10000, "end", 3) == 0);
	a[1] = 'a';
	CHECK(pread(fd, buffer, 5, 0) == 5 && memcmp(buffer, "hallo", 5) == 0);
	CHECK(pwrite(fd, "y", 1, 4) == 1 && a[4] == 'y');
	b[0] = 'X';
	CHECK(a[0] == 'h' && pread(fd, buffer, 1, 0) == 1 && buffer[0] == 'h');
	CHECK(ftruncate(fd, 4096) == 0 && fstat(fd, &st) == 0 && st.st_size == 4096);
	CHECK(ftruncate(fd, 20000) == 0 && pread(fd, buffer, 3, 10000) == 3 && buffer[0] == 0);
	for (i = 0; i < 5; i++)
		a[i] = 0;
	CHECK(memfd_create("x", 0x100) == -1 && errno == EINVAL);
	CHECK(memfd_create(nowhere, 0) == -1 && errno == EFAULT);
	return check_status();
}
