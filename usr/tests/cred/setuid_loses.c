/* Capabilities when user ids change: setuid away from 0 loses them, seteuid only the effective ones. */
#include "caps.h"

#include <sys/fsuid.h>

static int away(void *argument)
{
	struct caps now;

	(void)argument;
	EXPECT(setuid(1234) == 0);
	EXPECT(get_caps(&now) == 0 && now.effective == 0 && now.permitted == 0);
	EXPECT(setuid(0) == -1 && errno == EPERM);
	EXPECT(setresuid(-1, 0, -1) == -1 && errno == EPERM);
	EXPECT(prctl(PR_GET_DUMPABLE) == 0);
	return check_failures != 0;
}

static int and_back(void *argument)
{
	struct caps before, now;

	(void)argument;
	EXPECT(get_caps(&before) == 0);
	EXPECT(seteuid(1234) == 0);
	EXPECT(get_caps(&now) == 0 && now.effective == 0 && now.permitted == before.permitted);
	EXPECT(seteuid(0) == 0);
	EXPECT(get_caps(&now) == 0 && now.effective == before.permitted);
	return check_failures != 0;
}

static int fsuid(void *argument)
{
	struct caps before, now;
	capset_t files = bit(CAP_CHOWN) | bit(CAP_DAC_OVERRIDE) | bit(CAP_FOWNER) | bit(CAP_FSETID);

	(void)argument;
	EXPECT(get_caps(&before) == 0);
	setfsuid(1234);
	EXPECT(get_caps(&now) == 0 && (now.effective & files) == 0);
	EXPECT((now.effective & bit(CAP_SETUID)) == (before.effective & bit(CAP_SETUID)));
	setfsuid(0);
	EXPECT(get_caps(&now) == 0 && (now.effective & files) == (before.permitted & files));
	return check_failures != 0;
}

static int fixed(void *argument)
{
	struct caps before, now;

	(void)argument;
	EXPECT(get_caps(&before) == 0);
	if (!has(CAP_SETPCAP))
		return check_failures != 0;
	EXPECT(prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP) == 0);
	EXPECT(setuid(1234) == 0);
	EXPECT(get_caps(&now) == 0 && now.effective == before.effective && now.permitted == before.permitted);
	return check_failures != 0;
}

static int kept(void *argument)
{
	struct caps before, now;

	(void)argument;
	EXPECT(get_caps(&before) == 0);
	EXPECT(prctl(PR_SET_KEEPCAPS, 1) == 0 && prctl(PR_GET_KEEPCAPS) == 1);
	EXPECT(setuid(1234) == 0);
	EXPECT(get_caps(&now) == 0 && now.effective == 0 && now.permitted == before.permitted);
	EXPECT(set_caps(bit(CAP_SETUID), now.permitted, 0) == 0);
	EXPECT(setuid(4321) == 0); /* by the capability, not the user */
	return check_failures != 0;
}

int main(void)
{
	if (geteuid() == 0 && has(CAP_SETUID)) {
		EXPECT(wait_for(start_child(away, NULL)) == 0);
		EXPECT(wait_for(start_child(and_back, NULL)) == 0);
		EXPECT(wait_for(start_child(fsuid, NULL)) == 0);
		EXPECT(wait_for(start_child(fixed, NULL)) == 0);
		EXPECT(wait_for(start_child(kept, NULL)) == 0);
	}
	EXPECT(prctl(PR_SET_KEEPCAPS, 2) == -1 && errno == EINVAL);
	return check_status();
}
