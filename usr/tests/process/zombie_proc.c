#include "tests.h"

/* /proc/PID of a zombie: state Z, no command line, gone after the wait. */
int main(void)
{
    char path[64], line[512] = "";
    siginfo_t info;
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    CHECK(waitid(P_PID, child, &info, WEXITED | WNOWAIT) == 0);
    snprintf(path, sizeof path, "/proc/%d/stat", child);
    int fd = open(path, O_RDONLY);
    CHECK(fd >= 0 && read(fd, line, sizeof line - 1) > 0);
    char *state = strrchr(line, ')');
    int parent = 0;
    CHECK(state != NULL && state[2] == 'Z' && sscanf(state + 4, "%d", &parent) == 1 && parent == getpid());
    close(fd);
    snprintf(path, sizeof path, "/proc/%d/cmdline", child);
    fd = open(path, O_RDONLY);
    CHECK(fd >= 0 && read(fd, line, sizeof line) == 0);
    close(fd);
    CHECK(wait_for(child) == 0);
    CHECK(open(path, O_RDONLY) == -1 && errno == ENOENT);
    return check_status();
}
