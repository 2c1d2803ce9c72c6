#include "file.h"

/* Open directories, the working directory and open files go along when a directory above them is renamed. */
int main(void)
{
	char cwd[512];
	enter_empty("dir_follows_tree");
	mkdir("a", 0755);
	mkdir("a/b", 0755);
	mkdir("a/b/c", 0755);
	put("a/b/c/f", "one");
	int dir = open("a/b/c", O_RDONLY | O_DIRECTORY);
	int file = open("a/b/c/f", O_RDWR);
	int top = open(".", O_RDONLY | O_DIRECTORY);
	CHECK(chdir("a/b") == 0 && renameat(top, "a", top, "z") == 0);
	CHECK(getcwd(cwd, sizeof cwd) && strcmp(cwd + strlen(cwd) - 4, "/z/b") == 0);
	CHECK(holds("c/f", "one") && faccessat(dir, "f", F_OK, 0) == 0);
	mkdir("../../new", 0755);
	CHECK(rename("../b", "../../new/q") == 0);
	CHECK(getcwd(cwd, sizeof cwd) && strcmp(cwd + strlen(cwd) - 6, "/new/q") == 0);
	CHECK(holds("../q/c/f", "one") && faccessat(top, "new/q/c/f", F_OK, 0) == 0);
	CHECK(pwrite(file, "two", 3, 0) == 3 && holds("c/f", "two"));
	int other = openat(dir, "../c/f", O_RDONLY);
	CHECK(other >= 0 && pread(other, cwd, 3, 0) == 3 && memcmp(cwd, "two", 3) == 0);
	CHECK(fchdir(dir) == 0 && chdir("../..") == 0 && getcwd(cwd, sizeof cwd) && strcmp(cwd + strlen(cwd) - 4, "/new") == 0);
	return check_status();
}
