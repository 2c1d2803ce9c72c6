/* capget: versions, sizes and errors. */
#include "caps.h"

int main(void)
{
	struct __user_cap_header_struct header = {0x12345678, 0};
	struct __user_cap_data_struct data[3];
	struct caps caps;

	EXPECT(syscall(SYS_capget, &header, NULL) == 0);
	EXPECT(header.version == _LINUX_CAPABILITY_VERSION_3);
	header.version = 0x12345678;
	EXPECT(syscall(SYS_capget, &header, data) == -1 && errno == EINVAL);
	EXPECT(header.version == _LINUX_CAPABILITY_VERSION_3);

	memset(data, 0x5a, sizeof data);
	header.version = _LINUX_CAPABILITY_VERSION_1;
	EXPECT(syscall(SYS_capget, &header, data) == 0);
	EXPECT(data[1].effective == 0x5a5a5a5a);
	header.version = _LINUX_CAPABILITY_VERSION_3;
	EXPECT(syscall(SYS_capget, &header, data) == 0);
	EXPECT(data[1].effective != 0x5a5a5a5a && data[2].effective == 0x5a5a5a5a);

	header.pid = getpid();
	EXPECT(syscall(SYS_capget, &header, data) == 0);
	header.pid = -1;
	EXPECT(syscall(SYS_capget, &header, data) == -1 && errno == EINVAL);
	header.pid = 0x3fffffff;
	EXPECT(syscall(SYS_capget, &header, data) == -1 && errno == ESRCH);
	EXPECT(syscall(SYS_capget, NULL, data) == -1 && errno == EFAULT);
	header.pid = 0;
	EXPECT(syscall(SYS_capget, &header, (void *)8) == -1 && errno == EFAULT);

	EXPECT(get_caps(&caps) == 0);
	EXPECT((caps.effective & ~caps.permitted) == 0);
	return check_status();
}
