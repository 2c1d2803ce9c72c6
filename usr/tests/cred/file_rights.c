/* What files let one do goes by capabilities, not by being user 0: CAP_DAC_OVERRIDE, DAC_READ_SEARCH, FOWNER, CHOWN, FSETID. */
#include "caps.h"

#include <sys/stat.h>
#include <unistd.h>

#define OTHER 20001
#define ME 20002

/* Goes on as a user with just these capabilities. */
static int become(uid_t uid, unsigned long long caps)
{
	if (prctl(PR_SET_KEEPCAPS, 1) != 0 || setresgid(uid, uid, uid) != 0 || setresuid(uid, uid, uid) != 0)
		return -1;
	return set_caps(caps, caps, 0);
}

#define REQUIRE(condition) do { if (!(condition)) return __LINE__ % 200; } while (0)

static int nothing(void *unused)
{
	(void)unused;
	REQUIRE(become(ME, 0) == 0);
	REQUIRE(open("secret", O_RDONLY) == -1 && errno == EACCES);
	REQUIRE(chmod("secret", 0644) == -1 && errno == EPERM);
	REQUIRE(chown("secret", ME, -1) == -1 && errno == EPERM);
	return 0;
}

static int override(void *unused)
{
	(void)unused;
	REQUIRE(become(ME, bit(CAP_DAC_OVERRIDE)) == 0);
	REQUIRE(open("secret", O_RDWR) >= 0);
	REQUIRE(open("locked/inner", O_RDONLY) >= 0);
	REQUIRE(chmod("secret", 0644) == -1 && errno == EPERM);
	REQUIRE(execl("secret", "secret", NULL) == -1 && errno == EACCES);
	return 0;
}

static int reading(void *unused)
{
	(void)unused;
	REQUIRE(become(ME, bit(CAP_DAC_READ_SEARCH)) == 0);
	REQUIRE(open("secret", O_RDONLY) >= 0 && open("locked/inner", O_RDONLY) >= 0);
	REQUIRE(open("secret", O_WRONLY) == -1 && errno == EACCES);
	REQUIRE(unlink("locked/inner") == -1 && errno == EACCES);
	return 0;
}

static int owning(void *unused)
{
	struct timespec times[2] = {{1, 0}, {2, 0}};
	struct stat st;

	(void)unused;
	REQUIRE(become(ME, bit(CAP_FOWNER)) == 0);
	REQUIRE(chmod("secret", 06640) == 0 && stat("secret", &st) == 0 && (st.st_mode & 07777) == 04640); /* its group is not his */
	REQUIRE(utimensat(AT_FDCWD, "secret", times, 0) == 0);
	REQUIRE(open("secret", O_RDONLY) == -1 && errno == EACCES);
	REQUIRE(chown("secret", ME, -1) == -1 && errno == EPERM);
	return 0;
}

static int keeping(void *unused)
{
	struct stat st;

	(void)unused;
	REQUIRE(become(ME, bit(CAP_FOWNER) | bit(CAP_FSETID)) == 0);
	REQUIRE(chmod("secret", 02650) == 0 && stat("secret", &st) == 0 && (st.st_mode & 07777) == 02650);
	return 0;
}

static int giving(void *unused)
{
	struct stat st;

	(void)unused;
	REQUIRE(become(ME, bit(CAP_CHOWN)) == 0);
	REQUIRE(chown("secret", 20003, 20004) == 0 && stat("secret", &st) == 0 && st.st_uid == 20003 && st.st_gid == 20004);
	REQUIRE(chmod("secret", 0600) == -1 && errno == EPERM);
	return 0;
}

static int bare_root(void *unused)
{
	(void)unused;
	REQUIRE(set_caps(0, 0, 0) == 0 && geteuid() == 0);
	REQUIRE(open("secret", O_RDONLY) == -1 && errno == EACCES);
	REQUIRE(chmod("secret", 0600) == -1 && errno == EPERM);
	REQUIRE(open("mine", O_RDWR) >= 0);
	return 0;
}

int main(void)
{
	if (geteuid() != 0)
		return check_status();
	enter_scratch("cred-file_rights");
	chmod(".", 0755);
	close(open("secret", O_CREAT | O_WRONLY, 0600));
	close(open("mine", O_CREAT | O_WRONLY, 0600));
	mkdir("locked", 0700);
	close(open("locked/inner", O_CREAT | O_WRONLY, 0600));
	if (chown("secret", OTHER, OTHER) != 0 || chown("locked", OTHER, OTHER) != 0 || chown("locked/inner", OTHER, OTHER) != 0)
		return check_status(); /* a root that is none */
	EXPECT(wait_for(start_child(nothing, NULL)) == 0);
	EXPECT(wait_for(start_child(override, NULL)) == 0);
	EXPECT(wait_for(start_child(reading, NULL)) == 0);
	EXPECT(wait_for(start_child(owning, NULL)) == 0);
	EXPECT(wait_for(start_child(keeping, NULL)) == 0);
	EXPECT(chmod("secret", 0600) == 0);
	EXPECT(wait_for(start_child(giving, NULL)) == 0);
	EXPECT(wait_for(start_child(bare_root, NULL)) == 0);
	unlink("secret");
	unlink("mine");
	unlink("locked/inner");
	rmdir("locked");
	return check_status();
}
