/* Directories: mkdir, rmdir, getdents, chdir, getcwd, *at calls, symbolic links, loops. */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <sys/syscall.h>

#include "check.h"

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static const char *type_name(int type)
{
	return type == DT_DIR ? "dir" : type == DT_REG ? "file" : type == DT_LNK ? "link" : "other";
}

static void list(const char *path)
{
	struct dirent **names;
	int count = scandir(path, &names, NULL, by_name);

	printf("%s has %d entries:", path, count);
	for (int i = 0; i < count; i++) {
		if (i < 8)
			printf(" %s(%s)", names[i]->d_name, type_name(names[i]->d_type));
		free(names[i]);
	}
	printf("\n");
	if (count >= 0)
		free(names);
}

static void make(const char *name)
{
	int fd = open(name, O_CREAT | O_WRONLY, 0644);

	if (fd < 0)
		check_fatal(name);
	close(fd);
}

static void many_entries(void)
{
	char name[32], raw[512];
	int fd, good = 0;

	CHECK(mkdir("many", 0755) == 0);
	for (int i = 0; i < 300; i++) {
		snprintf(name, sizeof(name), "many/entry-%03d", i);
		make(name);
	}
	list("many");
	fd = open("many", O_RDONLY | O_DIRECTORY);
	SHOW(syscall(SYS_getdents64, fd, raw, 4));
	while (syscall(SYS_getdents64, fd, raw, sizeof(raw)) > 0)
		good++;
	CHECK(good > 10);
	CHECK(lseek(fd, 0, SEEK_SET) == 0 && syscall(SYS_getdents64, fd, raw, sizeof(raw)) > 0);
	close(fd);
	SHOW(rmdir("many"));
	for (int i = 0; i < 300; i++) {
		snprintf(name, sizeof(name), "many/entry-%03d", i);
		unlink(name);
	}
	CHECK(rmdir("many") == 0);
}

static void relative_to_descriptor(void)
{
	int fd = open("d", O_RDONLY | O_DIRECTORY), file;
	char cwd[1000];

	CHECK(fd >= 0 && mkdirat(fd, "e", 0700) == 0);
	file = openat(fd, "e/f", O_CREAT | O_WRONLY, 0600);
	CHECK(file >= 0);
	close(file);
	CHECK(faccessat(fd, "e/f", R_OK, 0) == 0);
	CHECK(renameat(fd, "e/f", AT_FDCWD, "g") == 0);
	CHECK(unlinkat(AT_FDCWD, "g", 0) == 0);
	CHECK(fchdir(fd) == 0 && getcwd(cwd, sizeof(cwd)) != NULL && strcmp(strrchr(cwd, '/'), "/d") == 0);
	CHECK(chdir("..") == 0);
	SHOW(unlinkat(fd, "e", 0));
	CHECK(unlinkat(fd, "e", AT_REMOVEDIR) == 0);
	CHECK(fsync(fd) == 0 && fdatasync(fd) == 0);
	SHOW(openat(12345, "x", O_RDONLY));
	SHOW(getcwd(cwd, 2) == NULL ? -1 : 0);
	close(fd);
}

static void symbolic_links(void)
{
	char target[10];

	CHECK(symlink("d", "to-d") == 0 && symlink("loop", "loop") == 0);
	memset(target, '.', sizeof(target));
	CHECK(readlink("to-d", target, sizeof(target)) == 1 && target[0] == 'd' && target[1] == '.');
	make("to-d/inside");
	list("d");
	SHOW(open("loop", O_RDONLY));
	SHOW(open("to-d", O_RDONLY | O_NOFOLLOW));
	SHOW(readlink("d", target, sizeof(target)));
	CHECK(access("to-d/../d/./inside", F_OK) == 0);
	CHECK(unlink("d/inside") == 0 && unlink("to-d") == 0 && unlink("loop") == 0);
}

int main(void)
{
	enter_scratch("dirs");
	rmdir("d");
	CHECK(mkdir("d", 0755) == 0);
	SHOW(mkdir("d", 0755));
	SHOW(mkdir("missing/d", 0755));
	SHOW(rmdir("missing"));
	make("file");
	SHOW(rmdir("file"));
	SHOW(chdir("file"));
	SHOW(rename("file", "d"));
	CHECK(rename("d", "d2") == 0 && rename("d2", "d") == 0);
	list(".");
	many_entries();
	relative_to_descriptor();
	symbolic_links();
	CHECK(unlink("file") == 0 && rmdir("d") == 0);
	list(".");
	list("/nothing-here");
	return check_status();
}
