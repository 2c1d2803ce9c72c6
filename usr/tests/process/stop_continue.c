#include "tests.h"

/* WUNTRACED and WCONTINUED tell of stopped and continued children, each once. */
int main(void)
{
    int status;
    siginfo_t info;
    int go[2];
    char byte;

    alarm(20);
    CHECK(pipe(go) == 0);
    pid_t child = fork();
    if (child == 0) {
        raise(SIGSTOP);
        if (read(go[0], &byte, 1) != 1)
            _exit(1);
        raise(SIGSTOP);
        _exit(3);
    }
    CHECK(waitpid(child, &status, WUNTRACED) == child);
    CHECK(WIFSTOPPED(status) && WSTOPSIG(status) == SIGSTOP);
    CHECK(waitpid(child, &status, WUNTRACED | WNOHANG) == 0);
    CHECK(kill(child, SIGCONT) == 0);
    CHECK(waitpid(child, &status, WCONTINUED) == child && WIFCONTINUED(status));
    CHECK(write(go[1], "x", 1) == 1);
    CHECK(waitid(P_PID, child, &info, WSTOPPED) == 0);
    CHECK(info.si_code == CLD_STOPPED && info.si_status == SIGSTOP && info.si_pid == child);
    CHECK(kill(child, SIGCONT) == 0);
    CHECK(waitid(P_PID, child, &info, WEXITED) == 0);
    CHECK(info.si_code == CLD_EXITED && info.si_status == 3);
    child = fork();
    if (child == 0) {
        raise(SIGSTOP);
        _exit(0);
    }
    CHECK(waitpid(child, &status, WUNTRACED) == child && WIFSTOPPED(status));
    CHECK(kill(child, SIGKILL) == 0);
    CHECK(waitpid(child, &status, 0) == child && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    return check_status();
}
