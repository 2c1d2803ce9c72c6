/* File capabilities: what security.capability gives to the one who executes the file; setting it needs CAP_SETFCAP. */
#include "caps.h"

#include <sys/auxv.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#define ATTRIBUTE "security.capability"

static const unsigned char net_raw_ep[20] = {1, 0, 0, 2, 0, 0x20}; /* version 2, effective; CAP_NET_RAW permitted */

static int run(void *argument)
{
	if (argument != NULL && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return 90;
	if (setresgid(20005, 20005, 20005) != 0 || setresuid(20005, 20005, 20005) != 0)
		return 91;
	execl("program", test_class, "file_caps", "inner", NULL);
	return 64 + errno;
}

static int cannot_set(void *unused)
{
	struct caps caps;

	(void)unused;
	if (get_caps(&caps) != 0 || set_caps(caps.effective & ~bit(CAP_SETFCAP), caps.permitted & ~bit(CAP_SETFCAP), 0) != 0)
		return 92;
	return setxattr("program", ATTRIBUTE, net_raw_ep, sizeof net_raw_ep, 0) == -1 && errno == EPERM ? 0 : 1;
}

static int inner(void)
{
	struct caps caps;

	if (get_caps(&caps) != 0)
		return 3;
	if (caps.effective == 0 && caps.permitted == 0)
		return 20;
	return caps.effective == bit(CAP_NET_RAW) && caps.permitted == caps.effective && getauxval(AT_SECURE) == 1 ? 21 : 2;
}

int main(int argc, char **argv)
{
	char buffer[65536];
	int in, out;
	ssize_t n;

	if (argc > 1 && strcmp(argv[1], "inner") == 0)
		return inner();
	if (geteuid() != 0)
		return check_status();
	enter_scratch("cred-file_caps");
	chmod(".", 0755);
	in = open("/proc/self/exe", O_RDONLY);
	out = open("program", O_CREAT | O_WRONLY, 0755);
	while ((n = read(in, buffer, sizeof buffer)) > 0 && write(out, buffer, n) == n)
		;
	close(out);
	if (setxattr("program", ATTRIBUTE, net_raw_ep, sizeof net_raw_ep, 0) != 0) {
		unlink("program");
		return check_status(); /* not on this file system, or not by this root */
	}
	EXPECT(wait_for(start_child(run, NULL)) == 21);
	EXPECT(wait_for(start_child(run, "without new privileges")) == 20);
	EXPECT(wait_for(start_child(cannot_set, NULL)) == 0);
	EXPECT(removexattr("program", ATTRIBUTE) == 0);
	EXPECT(wait_for(start_child(run, NULL)) == 20);
	unlink("program");
	return check_status();
}
