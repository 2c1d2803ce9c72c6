#include "tests.h"

/* fork(2), wait4(2): the child has its own memory, and its exit status reaches the parent. */
int main(void)
{
    static int shared = 1;
    pid_t pid = fork();
    if (pid == 0) {
        shared = 2;
        _exit(getppid() > 0 ? 42 : 1);
    }
    int status = 0;
    CHECK(pid > 0);
    CHECK(waitpid(pid, &status, 0) == pid);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 42);
    CHECK(shared == 1);
    CHECK(waitpid(-1, &status, 0) == -1 && errno == ECHILD);
    return check_status();
}
