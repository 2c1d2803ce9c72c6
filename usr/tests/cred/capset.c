/* capset: sets can be lowered and what is permitted taken again; what was given up never comes back. */
#include "caps.h"

#include <grp.h>

int main(void)
{
	struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 1};
	struct __user_cap_data_struct data[2] = {0};
	struct caps all, now;

	EXPECT(syscall(SYS_capset, &header, data) == -1 && errno == EPERM); /* not the caller */
	EXPECT(get_caps(&all) == 0);
	EXPECT(set_caps(0, all.permitted, all.inheritable) == 0);
	EXPECT(get_caps(&now) == 0 && now.effective == 0 && now.permitted == all.permitted);
	EXPECT(set_caps(all.permitted, all.permitted, all.inheritable) == 0);
	EXPECT(get_caps(&now) == 0 && now.effective == all.permitted);
	if (all.permitted)
		EXPECT(set_caps(all.permitted, 0, 0) == -1 && errno == EPERM); /* effective beyond permitted */

	EXPECT(set_caps(0, 0, 0) == 0);
	EXPECT(get_caps(&now) == 0 && now.permitted == 0 && now.inheritable == 0);
	EXPECT(set_caps(bit(CAP_KILL), bit(CAP_KILL), 0) == -1 && errno == EPERM);
	EXPECT(set_caps(0, bit(CAP_KILL), 0) == -1 && errno == EPERM);
	EXPECT(set_caps(0, 0, bit(CAP_KILL)) == -1 && errno == EPERM);
	EXPECT(sethostname("x", 1) == -1 && errno == EPERM);
	EXPECT(setgroups(0, NULL) == -1 && errno == EPERM);
	return check_status();
}
