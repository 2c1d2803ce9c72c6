#include "file.h"

/* Like CHECK, but silent when it holds: only root can do this. */
#define EXPECT(condition) ((condition) ? (void)0 : (void)check_line(0, #condition))

/* chroot(2): where "/" is, for paths, links, "..", getcwd and children; what is open stays usable. */
int main(void)
{
	char dir[512], cwd[512], link[512];
	if (geteuid() != 0)
		return check_status();
	enter_empty("chroot");
	EXPECT(getcwd(dir, sizeof dir) != NULL);
	EXPECT(mkdir("jail", 0755) == 0 && mkdir("jail/d", 0755) == 0);
	put("jail/d/f", "inside");
	put("outside", "outside");
	EXPECT(symlink("/d/f", "jail/absolute") == 0 && symlink("../../../outside", "jail/d/up") == 0);
	int out = open(".", O_RDONLY | O_DIRECTORY);
	EXPECT(out >= 0);
	EXPECT(chroot("jail/nothing") == -1 && errno == ENOENT);
	EXPECT(chroot("jail/d/f") == -1 && errno == ENOTDIR);
	pid_t child = fork();
	if (child == 0) {
		EXPECT(chroot("jail") == 0 && chdir("/") == 0);
		EXPECT(getcwd(cwd, sizeof cwd) && strcmp(cwd, "/") == 0);
		EXPECT(access("/d/f", F_OK) == 0 && access("absolute", R_OK) == 0 && access("/../../d/f", F_OK) == 0);
		EXPECT(access("/d/up", F_OK) == -1 && errno == ENOENT);
		EXPECT(access("/outside", F_OK) == -1 && errno == ENOENT);
		EXPECT(access(dir, F_OK) == -1 && errno == ENOENT);
		EXPECT(chdir("d") == 0 && getcwd(cwd, sizeof cwd) && strcmp(cwd, "/d") == 0);
		EXPECT(faccessat(out, "outside", F_OK, 0) == 0);
		EXPECT(mkdir("/", 0700) == -1 && errno == EEXIST);
		EXPECT(rmdir("/..") == -1 && errno == ENOTEMPTY);
		pid_t grandchild = fork();
		if (grandchild == 0) {
			EXPECT(chdir("/..") == 0 && access("d", F_OK) == 0);
			EXPECT(fchdir(out) == 0 && access("outside", F_OK) == 0);
			EXPECT(syscall(SYS_getcwd, cwd, sizeof cwd) > 0 && strncmp(cwd, "(unreachable)", 13) == 0);
			EXPECT(setuid(1000) == 0);
			EXPECT(chroot("/") == -1 && errno == EPERM);
			_exit(check_failures != 0);
		}
		int status;
		EXPECT(waitpid(grandchild, &status, 0) == grandchild && status == 0);
		_exit(check_failures != 0);
	}
	int status;
	EXPECT(waitpid(child, &status, 0) == child && status == 0);
	EXPECT(access("outside", F_OK) == 0);
	EXPECT(readlink("/proc/self/root", link, sizeof link) == 1 && link[0] == '/');
	return check_status();
}
