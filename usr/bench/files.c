/* files [MIB]: MiB/s of sequential writes and reads of a file in /tmp in blocks of 4 KiB and 64 KiB. */
#include <fcntl.h>
#include <unistd.h>

#include "measure.h"

static char block[65536];

static void run(const char *name, int fd, size_t block_size, size_t bytes, int write_it)
{
	uint64_t start = now_ns();

	lseek(fd, 0, SEEK_SET);
	for (size_t done = 0; done < bytes; done += block_size)
		if ((write_it ? write(fd, block, block_size) : read(fd, block, block_size)) != (ssize_t)block_size)
			exit(1);
	printf("%s %.1f MiB/s\n", name, (double)bytes / (1 << 20) * 1e9 / (double)(now_ns() - start));
	fflush(stdout);
}

int main(int argc, char **argv)
{
	size_t bytes = argument(argc, argv, 1, 8) << 20;
	int fd = open("/tmp/lego-bench-file", O_RDWR | O_CREAT | O_TRUNC, 0600);

	if (fd < 0)
		return 1;
	unlink("/tmp/lego-bench-file");
	run("file_write_4k", fd, 4096, bytes, 1);
	run("file_read_4k", fd, 4096, bytes, 0);
	run("file_write_64k", fd, 65536, bytes, 1);
	run("file_read_64k", fd, 65536, bytes, 0);
	return 0;
}
