#include "file.h"

/* posix_fadvise(2), readahead(2), sync_file_range(2): what they refuse, and that content is what it was. */
static char buffer[300000];

static int is_right(int fd)
{
	static char back[sizeof(buffer)];
	return pread(fd, back, sizeof(back), 0) == sizeof(back) && memcmp(back, buffer, sizeof(back)) == 0;
}

int main(void)
{
	int pipes[2];
	enter_empty("advice");
	for (size_t i = 0; i < sizeof(buffer); i++)
		buffer[i] = i * 31 >> 3;
	int fd = open("f", O_RDWR | O_CREAT, 0600);
	int writer = open("f", O_WRONLY);
	CHECK(pipe(pipes) == 0 && write(fd, buffer, sizeof(buffer)) == sizeof(buffer));
	CHECK(posix_fadvise(fd, 100, 50000, POSIX_FADV_DONTNEED) == 0 && is_right(fd));
	CHECK(pwrite(fd, "new", 3, 5000) == 3);
	memcpy(buffer + 5000, "new", 3);
	CHECK(posix_fadvise(fd, 4096, 8192, POSIX_FADV_DONTNEED) == 0 && is_right(fd));
	CHECK(posix_fadvise(fd, 262144, 0, POSIX_FADV_DONTNEED) == 0 && posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED) == 0);
	CHECK(posix_fadvise(fd, 1000, 200000, POSIX_FADV_WILLNEED) == 0 && is_right(fd));
	CHECK(posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED) == 0 && readahead(fd, 0, sizeof(buffer)) == 0 && is_right(fd));
	CHECK(posix_fadvise(fd, 0, -1, POSIX_FADV_WILLNEED) == EINVAL && posix_fadvise(fd, 0, 0, 77) == EINVAL);
	CHECK(posix_fadvise(pipes[0], 0, 0, POSIX_FADV_NORMAL) == ESPIPE);
	FAILS(readahead(writer, 0, 100), EBADF);
	FAILS(readahead(pipes[0], 0, 100), EINVAL);
	CHECK(sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER) == 0);
	CHECK(sync_file_range(fd, 4096, 100, SYNC_FILE_RANGE_WRITE) == 0);
	FAILS(sync_file_range(fd, -1, 0, SYNC_FILE_RANGE_WRITE), EINVAL);
	FAILS(sync_file_range(fd, 0, 0, 8), EINVAL);
	FAILS(sync_file_range(pipes[0], 0, 0, 0), ESPIPE);
	FAILS(sync_file_range(99, 0, 0, 0), EBADF);
	return check_status();
}
