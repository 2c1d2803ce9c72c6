#include "tests.h"
#include <asm/ldt.h>

/* modify_ldt(2): reading an empty table, writing an empty entry, what is refused. */
int main(void)
{
	struct user_desc entry;
	char table[256];
	long result;

	alarm(20);
	result = syscall(SYS_modify_ldt, 0, table, sizeof(table));
	if (result == -1 && errno == ENOSYS)
		return check_status(); /* a kernel without it */
	CHECK(result == 0);
	memset(&entry, 0, sizeof(entry));
	entry.read_exec_only = entry.seg_not_present = 1;
	CHECK((int)syscall(SYS_modify_ldt, 0x11, &entry, sizeof(entry)) == 0);
	entry.entry_number = 8192;
	result = syscall(SYS_modify_ldt, 0x11, &entry, sizeof(entry));
	CHECK((int)result == -EINVAL || (result == -1 && errno == EINVAL));
	result = syscall(SYS_modify_ldt, 0x11, &entry, 3);
	CHECK((int)result == -EINVAL || (result == -1 && errno == EINVAL));
	result = syscall(SYS_modify_ldt, 77, table, 4);
	CHECK((int)result == -ENOSYS || (result == -1 && errno == ENOSYS));
	return check_status();
}
