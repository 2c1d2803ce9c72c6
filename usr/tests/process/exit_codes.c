#include "tests.h"

/* Exit codes are cut to eight bits; signals show as such; wait4 and waitid agree. */
int main(void)
{
    static const int codes[] = {0, 1, 42, 127, 128, 255, 256, 257, -1};
    size_t i;

    for (i = 0; i < sizeof codes / sizeof *codes; i++) {
        int status;
        pid_t child = fork();
        if (child == 0)
            _exit(codes[i]);
        CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status));
        CHECK(WEXITSTATUS(status) == (codes[i] & 0xff));
    }
    static const int signals[] = {SIGKILL, SIGTERM, SIGHUP, SIGPIPE, SIGALRM, SIGUSR1};
    for (i = 0; i < sizeof signals / sizeof *signals; i++) {
        siginfo_t info = {0};
        pid_t child = fork();
        if (child == 0) {
            for (;;)
                pause();
        }
        CHECK(kill(child, signals[i]) == 0);
        CHECK(waitid(P_PID, child, &info, WEXITED) == 0);
        CHECK(info.si_pid == child && info.si_signo == SIGCHLD);
        CHECK(info.si_code == CLD_KILLED && info.si_status == signals[i]);
    }
    return check_status();
}
