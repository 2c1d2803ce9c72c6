/* What the tests of capabilities share: the raw calls, as no library is at hand. */
#include "tests.h"

#include <linux/capability.h>
#include <linux/securebits.h>
#include <sys/prctl.h>

/* Like CHECK, but silent when it holds: what is checked depends on who runs the test. */
#define EXPECT(condition) ((condition) ? (void)0 : (void)check_line(0, #condition))

typedef unsigned long long capset_t;

struct caps {
	capset_t effective, permitted, inheritable;
};

static inline capset_t bit(int capability)
{
	return 1ULL << capability;
}

static inline int get_caps(struct caps *caps)
{
	struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
	struct __user_cap_data_struct data[2];

	memset(caps, 0, sizeof *caps);
	if (syscall(SYS_capget, &header, data))
		return -1;
	caps->effective = data[0].effective | (capset_t)data[1].effective << 32;
	caps->permitted = data[0].permitted | (capset_t)data[1].permitted << 32;
	caps->inheritable = data[0].inheritable | (capset_t)data[1].inheritable << 32;
	return 0;
}

static inline int set_caps(capset_t effective, capset_t permitted, capset_t inheritable)
{
	struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
	struct __user_cap_data_struct data[2] = {
		{effective, permitted, inheritable},
		{effective >> 32, permitted >> 32, inheritable >> 32},
	};

	return syscall(SYS_capset, &header, data);
}

/* Whether the caller may do what the rest of the test is about; natively it may be an ordinary user. */
static inline int has(int capability)
{
	struct caps caps;

	return get_caps(&caps) == 0 && (caps.effective & bit(capability));
}
