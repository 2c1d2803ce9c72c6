/* Appends numbered records to a file, and tells each one's number when fsync has promised that it is on the disk. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Who wants to go on without a disk has the program's own pages in memory. */
static void read_in(const char *path)
{
	static char buffer[65536];
	int fd = open(path, O_RDONLY);

	while (fd >= 0 && read(fd, buffer, sizeof buffer) > 0)
		;
	close(fd);
}

int main(int argc, char **argv)
{
	int records = argc > 1 ? atoi(argv[1]) : 10;
	int fd = open(argc > 2 ? argv[2] : "powercut.log", O_CREAT | O_TRUNC | O_WRONLY, 0644);

	if (fd < 0)
		return 1;
	read_in("/proc/self/exe");
	for (int i = 0; i < records; i++) {
		char record[64];

		memset(record, '.', sizeof record);
		record[snprintf(record, sizeof record, "%d", i)] = ' ';
		record[sizeof record - 1] = '\n';
		if (write(fd, record, sizeof record) != (ssize_t)sizeof record || fsync(fd) != 0) {
			printf("%s after %d records\n", strerror(errno), i);
			return errno == EIO ? 3 : 2;
		}
		printf("%d\n", i);
		fflush(stdout);
	}
	return 0;
}
