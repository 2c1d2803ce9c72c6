#include "file.h"

/* What a descriptor knew of the file when it was opened does not undo what others have written and closed since. */
int main(void)
{
	enter_empty("stale_open");
	CHECK(put("f", "") == 0);
	int early = open("f", O_RDWR | O_APPEND), reader = open("f", O_RDONLY);
	int late = open("f", O_WRONLY | O_APPEND);
	CHECK(write(late, "late", 4) == 4);
	CHECK(close(late) == 0);
	CHECK(write(early, "early", 5) == 5);
	char buffer[32] = "";
	CHECK(read(reader, buffer, sizeof buffer) == 9 && memcmp(buffer, "lateearly", 9) == 0);
	CHECK(pread(early, buffer, sizeof buffer, 0) == 9);

	pid_t child = fork();
	if (child == 0) {
		int fd = open("g", O_RDWR | O_CREAT | O_TRUNC, 0600);
		_exit(fd < 0 || write(fd, "0123456789", 10) != 10 || close(fd) != 0);
	}
	CHECK(wait_for(child) == 0);
	int first = open("g", O_RDWR);
	child = fork();
	if (child == 0) {
		int fd = open("g", O_WRONLY | O_TRUNC);
		_exit(fd < 0 || write(fd, "abc", 3) != 3 || close(fd) != 0);
	}
	CHECK(wait_for(child) == 0);
	CHECK(lseek(first, 0, SEEK_END) == 3);
	CHECK(read(first, buffer, sizeof buffer) == 0);
	CHECK(pread(first, buffer, sizeof buffer, 0) == 3 && memcmp(buffer, "abc", 3) == 0);
	return check_status();
}
