/* Files by system call: create, write, read, append, seek, truncate, rename, unlink, holes, and all the refusals. */
#define _GNU_SOURCE
#include <fcntl.h>

#include "check.h"

static char buffer[70000];

static long size_of(const char *name)
{
	struct stat st;

	return stat(name, &st) == 0 ? (long)st.st_size : -1;
}

static void write_and_read(void)
{
	int fd = open("a", O_RDWR | O_CREAT | O_EXCL, 0644);
	size_t total = 0;

	CHECK(fd >= 0);
	for (size_t length = 1; length < 40000; length = length * 3 + 1) {
		memset(buffer, 'a' + total % 26, length);
		CHECK(write(fd, buffer, length) == (ssize_t)length);
		total += length;
	}
	CHECK(lseek(fd, 0, SEEK_CUR) == (off_t)total && size_of("a") == (long)total);
	CHECK(lseek(fd, 0, SEEK_SET) == 0);
	CHECK(read(fd, buffer, sizeof(buffer)) == (ssize_t)total);
	printf("sum %016lx\n", checksum(0, buffer, total));
	CHECK(read(fd, buffer, 10) == 0);
	CHECK(lseek(fd, -5, SEEK_END) == (off_t)total - 5 && read(fd, buffer, 10) == 5);
	SHOW(lseek(fd, -1, SEEK_SET));
	SHOW(lseek(fd, 0, 99));
	CHECK(close(fd) == 0);
	SHOW(close(fd));
	SHOW(open("a", O_RDWR | O_CREAT | O_EXCL, 0644));
}

static void append_truncate_holes(void)
{
	int fd = open("a", O_WRONLY | O_TRUNC);

	CHECK(size_of("a") == 0 && write(fd, "hello", 5) == 5);
	SHOW(read(fd, buffer, 1));
	close(fd);
	fd = open("a", O_RDWR | O_APPEND);
	CHECK(write(fd, " world", 6) == 6 && lseek(fd, 0, SEEK_SET) == 0 && write(fd, "!", 1) == 1);
	CHECK(pread(fd, buffer, 100, 0) == 12 && memcmp(buffer, "hello world!", 12) == 0);
	CHECK(ftruncate(fd, 3) == 0 && size_of("a") == 3);
	CHECK(ftruncate(fd, 10000) == 0 && pread(fd, buffer, 20000, 0) == 10000 && buffer[2] == 'l' && buffer[3] == 0);
	SHOW(ftruncate(fd, -1));
	close(fd);
	fd = open("hole", O_RDWR | O_CREAT, 0600);
	CHECK(lseek(fd, 1 << 20, SEEK_SET) == 1 << 20 && write(fd, "x", 1) == 1 && size_of("hole") == (1 << 20) + 1);
	CHECK(pread(fd, buffer, 4096, 500000) == 4096 && buffer[0] == 0 && buffer[4095] == 0);
	CHECK(fsync(fd) == 0 && fdatasync(fd) == 0);
	close(fd);
	fd = open("a", O_RDONLY);
	SHOW(write(fd, "x", 1));
	SHOW(ftruncate(fd, 1));
	close(fd);
}

static void rename_and_unlink(void)
{
	int fd = open("b", O_RDWR | O_CREAT, 0600);

	CHECK(write(fd, "bbb", 3) == 3);
	CHECK(rename("b", "a") == 0 && size_of("a") == 3 && size_of("b") == -1);
	SHOW(rename("missing", "x"));
	CHECK(unlink("a") == 0 && size_of("a") == -1);
	SHOW(unlink("a"));
	/* An unlinked file lives on as long as it is open. */
	CHECK(write(fd, "more", 4) == 4 && pread(fd, buffer, 100, 0) == 7 && memcmp(buffer, "bbbmore", 7) == 0);
	close(fd);
	CHECK(unlink("hole") == 0);
}

static void refusals(void)
{
	char long_name[300];

	memset(long_name, 'n', sizeof(long_name));
	long_name[299] = 0;
	SHOW(open("missing", O_RDONLY));
	SHOW(open("missing/x", O_CREAT | O_WRONLY, 0600));
	SHOW(open("", O_RDONLY));
	SHOW(open(".", O_WRONLY));
	SHOW(open(long_name, O_RDONLY));
	SHOW(read(open(".", O_RDONLY), buffer, 10));
	SHOW(read(-1, buffer, 10));
	SHOW(write(12345, buffer, 10));
	SHOW(unlink("."));
	SHOW(truncate("missing", 0));
	CHECK(read(open("/dev/zero", O_RDONLY), NULL, 0) == 0);
}

int main(void)
{
	enter_scratch("files");
	unlink("a");
	write_and_read();
	append_truncate_holes();
	rename_and_unlink();
	refusals();
	return check_status();
}
