#include "tests.h"
#include <sys/prctl.h>

/* Orphans go to the nearest subreaper, which can wait for them. */
int main(void)
{
    int pipefd[2], status, is = 0;
    pid_t seen[2];

    alarm(20);
    CHECK(prctl(PR_SET_CHILD_SUBREAPER, 1) == 0);
    CHECK(prctl(PR_GET_CHILD_SUBREAPER, &is) == 0 && is == 1);
    CHECK(pipe(pipefd) == 0);
    pid_t child = fork();
    if (child == 0) {
        pid_t parent = getpid(), grandchild = fork();
        if (grandchild == 0) {
            while (getppid() == parent)
                sched_yield();
            seen[0] = getpid(), seen[1] = getppid();
            if (write(pipefd[1], seen, sizeof seen) != sizeof seen)
                _exit(1);
            _exit(11);
        }
        _exit(0);
    }
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(read(pipefd[0], seen, sizeof seen) == sizeof seen);
    CHECK(seen[1] == getpid());
    CHECK(waitpid(seen[0], &status, 0) == seen[0] && WEXITSTATUS(status) == 11);
    CHECK(wait(&status) == -1 && errno == ECHILD);
    return check_status();
}
