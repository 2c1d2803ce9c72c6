#include "tests.h"

/* kill(-group) and kill(0) reach all of a group and nobody else. */
int main(void)
{
    int i, status;
    pid_t children[3], other;

    alarm(20);
    for (i = 0; i < 3; i++) {
        children[i] = fork();
        if (children[i] == 0)
            for (;;)
                pause();
        CHECK(setpgid(children[i], children[0]) == 0);
    }
    other = fork();
    if (other == 0)
        for (;;)
            pause();
    CHECK(kill(-children[0], 0) == 0);
    CHECK(killpg(children[0], SIGTERM) == 0);
    for (i = 0; i < 3; i++)
        CHECK(waitpid(children[i], &status, 0) == children[i] && WTERMSIG(status) == SIGTERM);
    CHECK(kill(-children[0], 0) == -1 && errno == ESRCH);
    CHECK(waitpid(other, &status, WNOHANG) == 0);
    CHECK(kill(other, SIGKILL) == 0 && waitpid(other, &status, 0) == other);
    pid_t leader = fork();
    if (leader == 0) {
        setpgid(0, 0);
        signal(SIGUSR1, SIG_IGN);
        int ready[2];
        char byte;
        if (pipe(ready) != 0)
            _exit(2);
        pid_t member = fork();
        if (member == 0) {
            signal(SIGUSR1, SIG_DFL);
            if (write(ready[1], "x", 1) != 1)
                _exit(1);
            for (;;)
                pause();
        }
        if (read(ready[0], &byte, 1) != 1)
            _exit(3);
        kill(0, SIGUSR1);
        waitpid(member, &status, 0);
        _exit(WIFSIGNALED(status) && WTERMSIG(status) == SIGUSR1 ? 0 : 1);
    }
    CHECK(wait_for(leader) == 0);
    return check_status();
}
