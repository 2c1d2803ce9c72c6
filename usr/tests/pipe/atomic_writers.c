#include "tests.h"

/* Four processes write records of 512 bytes: none is torn. */
static int p[2];

static int writer(void *argument)
{
	char record[512];
	int i;

	memset(record, 'a' + *(int *)argument, sizeof record);
	for (i = 0; i < 200; i++)
		if (write(p[1], record, sizeof record) != sizeof record)
			return 1;
	return 0;
}

static int read_all(char *to, int length)
{
	int done = 0, n;

	while (done < length && (n = read(p[0], to + done, length - done)) > 0)
		done += n;
	return done;
}

int main(void)
{
	char record[512];
	int i, j, torn = 0, counts[4] = {0}, numbers[4] = {0, 1, 2, 3};
	pid_t children[4];

	alarm(30);
	CHECK(pipe(p) == 0);
	for (i = 0; i < 4; i++)
		children[i] = start_child(writer, &numbers[i]);
	close(p[1]);
	while (read_all(record, sizeof record) == sizeof record) {
		for (j = 1; j < 512; j++)
			torn += record[j] != record[0];
		counts[record[0] - 'a']++;
	}
	CHECK(torn == 0);
	for (i = 0; i < 4; i++)
		CHECK(counts[i] == 200 && wait_for(children[i]) == 0);
	return check_status();
}
