#include "file.h"

static int writer(void *letter)
{
	char record[10];
	int fd = open("f", O_WRONLY | O_APPEND);

	memset(record, *(char *)letter, sizeof record);
	for (int i = 0; i < 200; i++)
		if (write(fd, record, sizeof record) != sizeof record)
			return 1;
	return 0;
}

/* Appends of several processes do not overwrite each other. */
int main(void)
{
	enter_empty("append_processes");
	CHECK(put("f", "") == 0);
	pid_t a = start_child(writer, "a"), b = start_child(writer, "b");
	CHECK(wait_for(a) == 0);
	CHECK(wait_for(b) == 0);
	char buffer[10000];
	int fd = open("f", O_RDONLY), count[2] = {0, 0}, whole = 1;
	long done = read(fd, buffer, sizeof buffer);
	CHECK(done == 2 * 200 * 10);
	for (long i = 0; i < done; i += 10) {
		count[buffer[i] == 'b']++;
		for (int k = 1; k < 10; k++)
			whole &= buffer[i + k] == buffer[i];
	}
	CHECK(whole && count[0] == 200 && count[1] == 200);
	return check_status();
}
