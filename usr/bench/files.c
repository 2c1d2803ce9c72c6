/* Files, for lego bench fs: sequential write and read, random 4 KiB reads, stat. Prints "name value" lines, each the
   median of several rounds. Arguments: a directory to work in, how many rounds, and a program to execute at the end. */
#define _GNU_SOURCE 1
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { FILE_BYTES = 64 << 20, PIECE = 1 << 20, READS = 2000, STATS = 2000, MAX_ROUNDS = 99 };

static int rounds = 9;
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

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void report(const char *name, double (*round)(void))
{
	double values[MAX_ROUNDS];

	for (int i = 0; i < rounds; i++)
		values[i] = round();
	qsort(values, (size_t)rounds, sizeof(*values), compare);
	printf("%s %.2f\n", name, values[rounds / 2]);
}

int main(int argc, char **argv)
{
	buffer = malloc(PIECE);
	must(argc >= 2 && chdir(argv[1]) == 0, "directory");
	if (argc > 2)
		rounds = atoi(argv[2]);
	must(rounds >= 1 && rounds <= MAX_ROUNDS, "rounds");
	for (int i = 0; i < PIECE; i++)
		buffer[i] = (char)i;
	fd = open("bench-file", O_RDWR | O_CREAT | O_TRUNC, 0600);
	must(fd >= 0, "open");
	report("write_mb_s", write_mb_s);
	report("read_mb_s", read_mb_s);
	report("random_hit_us", random_hit_us);
	report("random_relay_us", random_relay_us);
	report("random_miss_us", random_miss_us);
	report("stat_us", stat_us);
	unlink("bench-file");
	if (argc > 3) {
		fflush(stdout);
		execv(argv[3], argv + 3);
		must(0, "execv");
	}
	return 0;
}
