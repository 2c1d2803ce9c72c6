#include "tests.h"

/* Two megabytes through a pipe between processes, in uneven pieces: every byte arrives in order. */
static int p[2];

static int writer(void *unused)
{
	static unsigned char block[100003];
	size_t done = 0, i;

	(void)unused;
	close(p[0]);
	while (done < 2000000) {
		size_t length = done % 7 == 0 ? 100003 : 1 + done % 9000;
		for (i = 0; i < length; i++)
			block[i] = (done + i) * 31;
		if (write(p[1], block, length) != (ssize_t)length)
			return 1;
		done += length;
	}
	return 0;
}

int main(void)
{
	static unsigned char block[70000];
	size_t done = 0, bad = 0;
	ssize_t n, i;
	pid_t pid;

	alarm(30);
	CHECK(pipe(p) == 0);
	pid = start_child(writer, NULL);
	close(p[1]);
	while ((n = read(p[0], block, 1 + done % sizeof block)) > 0) {
		for (i = 0; i < n; i++)
			bad += block[i] != (unsigned char)((done + i) * 31);
		done += n;
	}
	CHECK(n == 0 && bad == 0 && done >= 2000000);
	CHECK(wait_for(pid) == 0);
	return check_status();
}
