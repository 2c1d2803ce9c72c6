#include "tests.h"

/* /proc/PID/mem: reads and writes another process's memory, also where it may not write itself. */
static const volatile int constant = 5;
static volatile int word = 1;

static int wait_for_change(void *argument)
{
	(void)argument;
	while (word == 1) {
		usleep(1000);
	}
	return word + constant;
}

int main(void)
{
	char path[40];
	int value = 0;
	pid_t child = start_child(wait_for_change, NULL);
	snprintf(path, sizeof path, "/proc/%d/mem", child);
	int fd = open(path, O_RDWR);
	CHECK(fd >= 0);
	CHECK(pread(fd, &value, sizeof value, (off_t)(long)&word) == sizeof value && value == 1);
	SHOW(pread(fd, &value, sizeof value, 0x1000));
	SHOW(pwrite(fd, &value, sizeof value, 0x1000));
	value = 30;
	CHECK(pwrite(fd, &value, sizeof value, (off_t)(long)&constant) == sizeof value);
	CHECK(lseek(fd, (off_t)(long)&word, SEEK_SET) == (off_t)(long)&word);
	value = 7;
	CHECK(write(fd, &value, sizeof value) == sizeof value);
	CHECK(wait_for(child) == 37);
	CHECK(pread(fd, &value, sizeof value, (off_t)(long)&word) == 0);
	CHECK(constant == 5 && word == 1);
	int self = open("/proc/self/mem", O_RDWR);
	CHECK(pwrite(self, &value, sizeof value, (off_t)(long)&constant) == sizeof value && constant == 7);
	return check_status();
}
