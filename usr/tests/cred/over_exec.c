/* Capabilities over execve: root's program has all that are bounded, an ordinary user's only the ambient ones. */
#include "caps.h"

static int after(const char *what)
{
	struct caps now;

	EXPECT(get_caps(&now) == 0);
	if (!strcmp(what, "root")) {
		EXPECT(!(now.permitted & bit(CAP_KILL)) && (now.permitted & bit(CAP_SETUID)));
		EXPECT(now.effective == now.permitted);
	} else if (!strcmp(what, "user")) {
		EXPECT(now.permitted == 0 && now.effective == 0);
	} else if (!strcmp(what, "ambient")) {
		EXPECT(now.permitted == bit(CAP_SETGID) && now.effective == bit(CAP_SETGID));
		EXPECT(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, CAP_SETGID, 0, 0) == 1);
		EXPECT(setgid(77) == 0);
	} else if (!strcmp(what, "noroot")) {
		EXPECT(now.permitted == 0 && now.effective == 0 && geteuid() == 0);
		EXPECT(prctl(PR_GET_SECUREBITS) == SECBIT_NOROOT);
	}
	return check_failures != 0;
}

static int before(void *argument)
{
	const char *what = argument;

	if (!strcmp(what, "root")) {
		EXPECT(prctl(PR_CAPBSET_DROP, CAP_KILL, 0, 0, 0) == 0 && prctl(PR_CAPBSET_READ, CAP_KILL) == 0);
	} else if (!strcmp(what, "user")) {
		EXPECT(prctl(PR_SET_KEEPCAPS, 1) == 0 && setuid(1234) == 0);
	} else if (!strcmp(what, "ambient")) {
		EXPECT(prctl(PR_SET_KEEPCAPS, 1) == 0 && setuid(1234) == 0);
		EXPECT(set_caps(0, bit(CAP_SETGID), bit(CAP_SETGID)) == 0);
		EXPECT(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_KILL, 0, 0) == -1 && errno == EPERM);
		EXPECT(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_SETGID, 0, 0) == 0);
	} else {
		EXPECT(prctl(PR_SET_SECUREBITS, SECBIT_NOROOT) == 0);
	}
	reexec("over_exec", what, NULL);
	return 9;
}

int main(int argc, char **argv)
{
	static char *const kinds[] = {"root", "user", "ambient", "noroot"};

	if (argc > 1)
		return after(argv[1]);
	if (geteuid() == 0 && has(CAP_SETPCAP) && has(CAP_SETUID) && has(CAP_KILL) && access("/proc/self/exe", X_OK) == 0)
		for (int i = 0; i < 4; i++)
			EXPECT(wait_for(start_child(before, kinds[i])) == 0);
	EXPECT(prctl(PR_CAPBSET_READ, 63, 0, 0, 0) == -1 && errno == EINVAL);
	EXPECT(prctl(PR_CAP_AMBIENT, 9, 0, 0, 0) == -1 && errno == EINVAL);
	EXPECT(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 1, 0, 0) == -1 && errno == EINVAL);
	EXPECT(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) == 0);
	return check_status();
}
