#include "file.h"

/* chroot(2): where "/" is, for paths, links, "..", getcwd and children; what is open stays usable. */
int main(void)
{
	char dir[512], cwd[512], link[512];
	if (geteuid() != 0) {
		return 0;
	}
	enter_empty("chroot");
	CHECK(getcwd(dir, sizeof dir) != NULL);
	CHECK(mkdir("jail", 0755) == 0 && mkdir("jail/d", 0755) == 0);
	put("jail/d/f", "inside");
	put("outside", "outside");
	CHECK(symlink("/d/f", "jail/absolute") == 0 && symlink("../../../outside", "jail/d/up") == 0);
	int out = open(".", O_RDONLY | O_DIRECTORY);
	CHECK(out >= 0);
	SHOW(chroot("jail/nothing"));
	SHOW(chroot("jail/d/f"));
	pid_t child = fork();
	if (child == 0) {
		CHECK(chroot("jail") == 0 && chdir("/") == 0);
		CHECK(getcwd(cwd, sizeof cwd) && strcmp(cwd, "/") == 0);
		CHECK(access("/d/f", F_OK) == 0 && access("absolute", R_OK) == 0 && access("/../../d/f", F_OK) == 0);
		SHOW(access("/d/up", F_OK));
		SHOW(access("/outside", F_OK));
		SHOW(access(dir, F_OK));
		CHECK(chdir("d") == 0 && getcwd(cwd, sizeof cwd) && strcmp(cwd, "/d") == 0);
		SHOW(faccessat(out, "outside", F_OK, 0));
		SHOW(mkdir("/", 0700));
		SHOW(rmdir("/.."));
		pid_t grandchild = fork();
		if (grandchild == 0) {
			CHECK(chdir("/..") == 0 && access("d", F_OK) == 0);
			CHECK(fchdir(out) == 0 && access("outside", F_OK) == 0);
			CHECK(syscall(SYS_getcwd, cwd, sizeof cwd) > 0 && strncmp(cwd, "(unreachable)", 13) == 0);
			CHECK(setuid(1000) == 0);
			SHOW(chroot("/"));
			_exit(check_status());
		}
		int status;
		CHECK(waitpid(grandchild, &status, 0) == grandchild && status == 0);
		_exit(check_status());
	}
	int status;
	CHECK(waitpid(child, &status, 0) == child && status == 0);
	CHECK(access("outside", F_OK) == 0);
	CHECK(readlink("/proc/self/root", link, sizeof link) == 1 && link[0] == '/');
	return check_status();
}
