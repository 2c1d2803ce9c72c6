/* Files, for lego bench fs: sequential write and read, random 4 KiB reads, stat. Prints "name value" lines.
   Argument: a directory to work in. */
#define _GNU_SOURCE 1
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { FILE_BYTES = 64 << 20, PIECE = 1 << 20, READS = 2000, STATS = 2000 };

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void must(int condition, const char *what)
{
	if (!condition) {
		perror(what);
		exit(1);
	}
}

static double sequential(int fd, char *buffer, int writes)
{
	double start = now();

	must(lseek(fd, 0, SEEK_SET) == 0, "lseek");
	for (int done = 0; done < FILE_BYTES; done += PIECE)
		must((writes ? write(fd, buffer, PIECE) : read(fd, buffer, PIECE)) == PIECE, "transfer");
	return FILE_BYTES / 1e6 / (now() - start);
}

static double random_reads(int fd, char *buffer)
{
	unsigned seed = 1;
	double start = now();

	for (int i = 0; i < READS; i++) {
		seed = seed * 1103515245u + 12345u;
		must(pread(fd, buffer, 4096, (off_t)(seed >> 8) % (FILE_BYTES / 4096) * 4096) == 4096, "pread");
	}
	return (now() - start) / READS * 1e6;
}

int main(int argc, char **argv)
{
	char *buffer = malloc(PIECE);
	struct stat st;

	must(argc == 2 && chdir(argv[1]) == 0, "directory");
	for (int i = 0; i < PIECE; i++)
		buffer[i] = (char)i;
	int fd = open("bench-file", O_RDWR | O_CREAT | O_TRUNC, 0600);
	must(fd >= 0, "open");
	printf("write_mb_s %.1f\n", sequential(fd, buffer, 1));
	printf("read_mb_s %.1f\n", sequential(fd, buffer, 0));
	printf("random_hit_us %.2f\n", random_reads(fd, buffer));
	must(fsync(fd) == 0, "fsync");
	syscall(611); /* drop_page_cache of LegoOS; ENOSYS natively */
	posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
	printf("random_miss_us %.2f\n", random_reads(fd, buffer));
	double start = now();
	for (int i = 0; i < STATS; i++)
		must(stat("bench-file", &st) == 0, "stat");
	printf("stat_us %.2f\n", (now() - start) / STATS * 1e6);
	unlink("bench-file");
	return 0;
}
