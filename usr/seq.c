/* seq: the pseudo files of /dev and /proc: the parts that are the same on every machine, and the shape of the rest. */
#define _GNU_SOURCE
#include <fcntl.h>

#include "check.h"

static char text[65536];

/* Reads a whole file in small steps; its length, or -1. */
static ssize_t slurp(const char *path)
{
	int fd = open(path, O_RDONLY);
	ssize_t length = 0, n = 0;

	text[0] = 0;
	if (fd < 0)
		return -1;
	while (length < (ssize_t)sizeof(text) - 1 && (n = read(fd, text + length, 1000)) > 0)
		length += n > (ssize_t)sizeof(text) - 1001 - length ? 0 : n;
	text[length] = 0;
	close(fd);
	return n < 0 ? -1 : length;
}

static int has(const char *path, const char *what)
{
	int found = slurp(path) > 0 && strstr(text, what) != NULL;

	printf("%s has %s: %s\n", path, what, found ? "yes" : "no");
	check_failures += !found;
	return found;
}

static void devices(void)
{
	char buffer[64];
	int fd;

	fd = open("/dev/null", O_RDWR);
	CHECK(fd >= 0 && read(fd, buffer, sizeof(buffer)) == 0);
	CHECK(write(fd, "gone", 4) == 4);
	close(fd);
	fd = open("/dev/zero", O_RDWR);
	memset(buffer, 1, sizeof(buffer));
	CHECK(fd >= 0 && read(fd, buffer, sizeof(buffer)) == sizeof(buffer));
	CHECK(buffer[0] == 0 && memcmp(buffer, buffer + 1, sizeof(buffer) - 1) == 0);
	CHECK(write(fd, "gone", 4) == 4);
	close(fd);
	fd = open("/dev/full", O_RDWR);
	CHECK(fd >= 0 && write(fd, "x", 1) == -1 && errno == ENOSPC);
	CHECK(read(fd, buffer, 8) == 8);
	close(fd);
	fd = open("/dev/urandom", O_RDONLY);
	CHECK(fd >= 0 && read(fd, buffer, sizeof(buffer)) == sizeof(buffer));
	CHECK(memcmp(buffer, buffer + 32, 32) != 0);
	close(fd);
	fd = open("/dev/random", O_RDONLY);
	CHECK(fd >= 0 && read(fd, buffer, 16) == 16);
	close(fd);
	SHOW(open("/dev/nothing-of-that-name", O_RDONLY));
	SHOW(open("/dev/null", O_RDONLY | O_DIRECTORY));
	SHOW(open("/proc/nothing-of-that-name", O_RDONLY));
}

static void of_this_machine(void)
{
	double up, idle;

	has("/proc/version", "Linux version ");
	has("/proc/cpuinfo", "processor\t: 0");
	has("/proc/cpuinfo", "flags\t\t:");
	has("/proc/meminfo", "MemTotal:");
	has("/proc/meminfo", "MemFree:");
	has("/proc/stat", "cpu ");
	has("/proc/stat", "btime ");
	CHECK(slurp("/proc/uptime") > 0 && sscanf(text, "%lf %lf", &up, &idle) == 2 && up > 0);
}

static void of_this_process(const char *self)
{
	char link[4096];
	ssize_t length = readlink("/proc/self/exe", link, sizeof(link) - 1);
	const char *name = strrchr(self, '/');

	name = name ? name + 1 : self;
	link[length < 0 ? 0 : length] = 0;
	CHECK(length > 0 && link[0] == '/' && strcmp(strrchr(link, '/') + 1, name) == 0);
	CHECK(slurp("/proc/self/cmdline") > 0 && strcmp(text, self) == 0);
	CHECK(slurp("/proc/self/comm") > 0 && strncmp(text, name, strlen(text) - 1) == 0 && text[strlen(text) - 1] == '\n');
	has("/proc/self/status", "Name:\t");
	has("/proc/self/status", "VmRSS:");
	has("/proc/self/status", "Threads:\t1");
	has("/proc/self/maps", "[stack]");
	has("/proc/self/maps", " r-xp ");
	has("/proc/self/maps", " rw-p ");
	has("/proc/self/maps", name);
	CHECK(slurp("/proc/self/stat") > 0 && atoi(text) == getpid() && strstr(text, ") R ") != NULL);
	CHECK(slurp("/proc/self/statm") > 0);
	CHECK(slurp("/proc/self/limits") < 0 || strstr(text, "Max open files"));
	CHECK(access("/proc/self/fd/0", F_OK) == 0 || errno == ENOENT);
	CHECK(write(open("/proc/version", O_RDONLY), "x", 1) == -1 && errno == EBADF);
	CHECK(open("/proc/version", O_WRONLY) == -1 || getuid() == 0);
}

int main(int argc, char **argv)
{
	(void)argc;
	devices();
	of_this_machine();
	of_this_process(argv[0]);
	return check_status();
}
