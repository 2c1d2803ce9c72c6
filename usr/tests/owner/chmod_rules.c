#include "owner.h"

/* chmod(2): owners only; set-group-ID only for a group of one's own. */
static void owner(void)
{
	EXPECT(chmod("mine", 0400) == 0 && mode_of("mine") == 0400);
	REFUSED(chmod("others", 0666), EPERM);
	EXPECT(chmod("foreign", 06755) == 0 && mode_of("foreign") == 04755);
	EXPECT(chmod("mine", 02755) == 0 && mode_of("mine") == 02755);
	EXPECT(chmod("mine", 0) == 0);
	REFUSED(opens("mine", O_RDONLY), EACCES);
	REFUSED(opens("mine", O_WRONLY), EACCES);
	EXPECT(chmod("mine", 01600) == 0);
}

int main(void)
{
	if (enter_as_root("chmod_rules")) {
		make("mine", 0644, 6000, 6000);
		make("others", 0666, 5000, 5000);
		make("foreign", 0644, 6000, 7000);
		as_user(6000, owner);
		EXPECT(mode_of("others") == 0666);
		EXPECT(chmod("others", 0) == 0 && mode_of("others") == 0 && opens("others", O_RDWR) == 0);
		EXPECT(chmod("foreign", 07777) == 0 && mode_of("foreign") == 07777);
	}
	return check_status();
}
