/* Files, for lego bench fs: sequential write and read, random 4 KiB reads, stat. Prints "name value" lines, each the
   median of several rounds, and "name.first value" of the first round, with everything cold. Arguments: a directory to work in, how many
   rounds, and a program to execute at the end. */
#define _GNU_SOURCE 1
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "measure.h"

enum { FILE_BYTES = 64 << 20, PIECE = 1 << 20, READS = 2000, STATS = 2000 };

static size_t rounds = 9;
static int fd;
static char *buffer;

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

static double sequential(int writes)
{
	double start = now();

	must(lseek(fd, 0, SEEK_SET) == 0, "lseek");
	for (int done = 0; done < FILE_BYTES; done += PIECE)
		must((writes ? write(fd, buffer, PIECE) : read(fd, buffer, PIECE)) == PIECE, "transfer");
	return FILE_BYTES / 1e6 / (now() - start);
}

static double write_mb_s(void)
{
	return sequential(1);
}

static double read_mb_s(void)
{
	return sequential(0);
}

static double random_hit_us(void)
{
	static unsigned seed = 1;
	double start = now();

	for (int i = 0; i < READS; i++) {
		seed = seed * 1103515245u + 12345u;
		must(pread(fd, buffer, 4096, (off_t)(seed >> 8) % (FILE_BYTES / 4096) * 4096) == 4096, "pread");
	}
	return (now() - start) / READS * 1e6;
}

/* No page is in the memory node's cache, all are in that of the storage node's host. */
static double random_relay_us(void)
{
	must(fsync(fd) == 0, "fsync");
	syscall(611); /* drop_page_cache of LegoOS; ENOSYS natively, where this is a hit */
	return random_hit_us();
}

/* No page is in anybody's cache: natively and in LegoOS the host's disk is read. */
static double random_miss_us(void)
{
	must(fsync(fd) == 0, "fsync");
	syscall(611);
	must(posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED) == 0, "posix_fadvise");
	return random_hit_us();
}

static double stat_us(void)
{
	struct stat st;
	double start = now();

	for (int i = 0; i < STATS; i++)
		must(stat("bench-file", &st) == 0, "stat");
	return (now() - start) / STATS * 1e6;
}

int main(int argc, char **argv)
{
	buffer = malloc(PIECE);
	must(argc >= 2 && chdir(argv[1]) == 0, "directory");
	if (argc > 2)
		rounds = strtoul(argv[2], NULL, 0);
	must(rounds >= 1 && rounds <= MOST_BATCHES, "rounds");
	for (int i = 0; i < PIECE; i++)
		buffer[i] = (char)i;
	fd = open("bench-file", O_RDWR | O_CREAT | O_TRUNC, 0600);
	must(fd >= 0, "open");
	measure_warm("write_mb_s", rounds, write_mb_s, 1);
	measure_warm("read_mb_s", rounds, read_mb_s, 1);
	measure_warm("random_hit_us", rounds, random_hit_us, 1);
	measure_warm("random_relay_us", rounds, random_relay_us, 1);
	measure_warm("random_miss_us", rounds, random_miss_us, 1);
	measure_warm("stat_us", rounds, stat_us, 1);
	unlink("bench-file");
	if (argc > 3) {
		fflush(stdout);
		execv(argv[3], argv + 3);
		must(0, "execv");
	}
	return 0;
}
