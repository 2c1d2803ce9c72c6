#include "tests.h"

/* WNOHANG, WNOWAIT, wrong options and ids. */
int main(void)
{
    int status, pipefd[2];
    char byte = 0;
    siginfo_t info;

    CHECK(waitpid(-1, &status, WNOHANG) == -1 && errno == ECHILD);
    CHECK(wait4(-1, &status, 0x10000, NULL) == -1 && errno == EINVAL);
    CHECK(waitid(P_ALL, 0, &info, 0) == -1 && errno == EINVAL);
    CHECK(waitid(P_ALL, 0, &info, WNOHANG) == -1 && errno == EINVAL);
    CHECK(waitid(P_PID, 0, &info, WEXITED) == -1 && errno == EINVAL);
    CHECK(waitid(99, 0, &info, WEXITED) == -1 && errno == EINVAL);
    CHECK(pipe(pipefd) == 0);
    pid_t child = fork();
    if (child == 0) {
        close(pipefd[1]);
        _exit(read(pipefd[0], &byte, 1) == 0 ? 7 : 1);
    }
    CHECK(waitpid(child, &status, WNOHANG) == 0);
    info.si_pid = 99;
    info.si_signo = 99;
    CHECK(waitid(P_PID, child, &info, WEXITED | WNOHANG) == 0);
    CHECK(info.si_pid == 0 && info.si_signo == 0);
    CHECK(waitpid(child + 1, &status, WNOHANG) == -1 && errno == ECHILD);
    close(pipefd[1]);
    CHECK(waitid(P_PID, child, &info, WEXITED | WNOWAIT) == 0);
    CHECK(info.si_pid == child && info.si_code == CLD_EXITED && info.si_status == 7);
    CHECK(waitid(P_ALL, 0, &info, WEXITED | WNOWAIT | WNOHANG) == 0 && info.si_pid == child);
    CHECK(kill(child, 0) == 0);
    CHECK(waitpid(0, &status, 0) == child && WEXITSTATUS(status) == 7);
    CHECK(waitpid(child, &status, 0) == -1 && errno == ECHILD);
    CHECK(kill(child, 0) == -1 && errno == ESRCH);
    return check_status();
}
