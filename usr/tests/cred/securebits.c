/* PR_SET_SECUREBITS: bits, locks, and who may. */
#include "caps.h"

int main(void)
{
	EXPECT(prctl(PR_GET_SECUREBITS) == 0);
	if (!has(CAP_SETPCAP)) {
		EXPECT(prctl(PR_SET_SECUREBITS, SECBIT_NOROOT) == -1 && errno == EPERM);
		return check_status();
	}
	EXPECT(prctl(PR_SET_SECUREBITS, 1 << 20) == -1 && errno == EPERM);
	EXPECT(prctl(PR_SET_SECUREBITS, SECBIT_KEEP_CAPS) == 0);
	EXPECT(prctl(PR_GET_KEEPCAPS) == 1);
	EXPECT(prctl(PR_SET_SECUREBITS, SECBIT_KEEP_CAPS_LOCKED) == 0);
	EXPECT(prctl(PR_GET_KEEPCAPS) == 0);
	EXPECT(prctl(PR_SET_KEEPCAPS, 1) == -1 && errno == EPERM);
	EXPECT(prctl(PR_SET_SECUREBITS, SECBIT_KEEP_CAPS_LOCKED | SECBIT_KEEP_CAPS) == -1 && errno == EPERM);
	EXPECT(prctl(PR_SET_SECUREBITS, 0) == -1 && errno == EPERM);
	EXPECT(prctl(PR_SET_SECUREBITS, SECBIT_KEEP_CAPS_LOCKED | SECBIT_NO_CAP_AMBIENT_RAISE) == 0);
	EXPECT(set_caps(bit(CAP_SETPCAP), bit(CAP_SETPCAP), bit(CAP_SETPCAP)) == 0);
	EXPECT(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_SETPCAP, 0, 0) == -1 && errno == EPERM);
	EXPECT(set_caps(0, bit(CAP_SETPCAP), 0) == 0);
	EXPECT(prctl(PR_SET_SECUREBITS, SECBIT_KEEP_CAPS_LOCKED) == -1 && errno == EPERM);
	EXPECT(prctl(PR_CAPBSET_DROP, CAP_KILL, 0, 0, 0) == -1 && errno == EPERM);
	return check_status();
}
