/* The small files of /proc/PID that tools read: io, oom_score_adj, timerslack_ns, wchan, schedstat, personality, children, fdinfo. */
#include "text.h"

#include <sys/prctl.h>

static long field(const char *path, const char *name)
{
	char line[256];
	long value = -1;
	FILE *f = fopen(path, "r");

	while (f != NULL && fgets(line, sizeof line, f) != NULL)
		if (strncmp(line, name, strlen(name)) == 0)
			value = strtol(line + strlen(name), NULL, 10);
	if (f != NULL)
		fclose(f);
	return value;
}

static int put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY), n;

	if (fd < 0)
		return -1;
	n = write(fd, text, strlen(text));
	close(fd);
	return n == (int)strlen(text) ? 0 : -1;
}

static int sleeper(void *gate)
{
	char c;

	return read(*(int *)gate, &c, 1) == 0 ? 0 : 1;
}

int main(void)
{
	int null = open("/dev/null", O_RDWR), gate[2];
	long before, calls, written;
	char buffer[5000] = "", path[64], text[1];
	pid_t child;

	alarm(20);
	before = field("/proc/self/io", "wchar:");
	calls = field("/proc/self/io", "syscw:");
	null = write(null, buffer, 4321); /* and nothing is printed meanwhile */
	written = field("/proc/self/io", "wchar:") - before;
	calls = field("/proc/self/io", "syscw:") - calls;
	CHECK(before >= 0 && null == 4321 && written == 4321 && calls == 1);
	before = field("/proc/self/io", "rchar:");
	null = open("/dev/zero", O_RDONLY | O_CLOEXEC);
	CHECK(read(null, buffer, 5000) == 5000 && field("/proc/self/io", "rchar:") >= before + 5000);
	sprintf(path, "/proc/self/fdinfo/%d", null);
	CHECK(field(path, "pos:") >= 0);
	CHECK(put("/proc/self/oom_score_adj", "500") == 0 && field("/proc/self/oom_score_adj", "") == 500);
	CHECK(put("/proc/self/oom_score_adj", "2000") == -1 && errno == EINVAL);
	CHECK(prctl(PR_SET_TIMERSLACK, 70000) == 0 && field("/proc/self/timerslack_ns", "") == 70000);
	CHECK(field("/proc/self/schedstat", "") >= 0);
	CHECK(field("/proc/self/personality", "") == 0);
	CHECK(pipe(gate) == 0);
	child = fork();
	if (child == 0) {
		close(gate[1]);
		_exit(sleeper(&gate[0]));
	}
	sprintf(path, "/proc/self/task/%d/children", getpid());
	CHECK(field(path, "") == child);
	sprintf(path, "/proc/%d/oom_score_adj", child);
	CHECK(field(path, "") == 500);
	sprintf(path, "/proc/%d/stat", child);
	do { /* until it sleeps */
		char state;
		FILE *f = fopen(path, "r");

		text[0] = f != NULL && fscanf(f, "%*d (%*[^)]) %c", &state) == 1 ? state : 'S';
		if (f != NULL)
			fclose(f);
	} while (text[0] != 'S');
	close(gate[1]);
	CHECK(wait_for(child) == 0);
	return check_status();
}
