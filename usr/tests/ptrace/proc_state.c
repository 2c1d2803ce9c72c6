#include "tests.h"

#include <sys/ptrace.h>

/* /proc/PID/status and stat: sleeping, stopped, stopped by a tracer, and who the tracer is. */
static int idle(void *argument)
{
	char byte;
	return read(*(int *)argument, &byte, 1) == 0;
}

static int field(pid_t pid, const char *name, char *value)
{
	char path[40], line[200];
	int found = 0;
	snprintf(path, sizeof path, "/proc/%d/status", pid);
	FILE *file = fopen(path, "r");
	while (file && !found && fgets(line, sizeof line, file)) {
		found = strncmp(line, name, strlen(name)) == 0;
	}
	if (file) {
		fclose(file);
	}
	return found && sscanf(line + strlen(name), " %39s", value) == 1;
}

/* Waits for a state: it takes a moment to get there. */
static int reaches(pid_t pid, char state)
{
	char value[40];
	for (int i = 0; i < 3000; i++) {
		if (field(pid, "State:", value) && value[0] == state) {
			return 1;
		}
		usleep(10000);
	}
	return 0;
}

int main(void)
{
	char value[40], pid[20];
	int hold[2], status;
	CHECK(pipe(hold) == 0);
	snprintf(pid, sizeof pid, "%d", getpid());
	pid_t child = start_child(idle, hold);
	CHECK(reaches(getpid(), 'R'));
	CHECK(reaches(child, 'S'));
	CHECK(field(child, "TracerPid:", value) && strcmp(value, "0") == 0);
	CHECK(ptrace(PTRACE_ATTACH, child, 0, 0) == 0 && waitpid(child, &status, 0) == child && WIFSTOPPED(status));
	CHECK(reaches(child, 't'));
	CHECK(field(child, "TracerPid:", value) && strcmp(value, pid) == 0);
	CHECK(ptrace(PTRACE_DETACH, child, 0, 0) == 0 && reaches(child, 'S'));
	CHECK(kill(child, SIGSTOP) == 0 && reaches(child, 'T'));
	CHECK(kill(child, SIGKILL) == 0 && reaches(child, 'Z'));
	CHECK(wait_for(child) == 128 + SIGKILL);
	return check_status();
}
