#include "tests.h"

/* Who ignores SIGCHLD, or says SA_NOCLDWAIT, gets no zombies; wait then waits for all and says ECHILD. */
int main(void)
{
    struct sigaction action = {.sa_handler = SIG_IGN};
    int status, i;

    alarm(20);
    CHECK(sigaction(SIGCHLD, &action, NULL) == 0);
    for (i = 0; i < 3; i++)
        if (fork() == 0)
            _exit(i);
    CHECK(wait(&status) == -1 && errno == ECHILD);
    action.sa_handler = SIG_DFL;
    action.sa_flags = SA_NOCLDWAIT;
    CHECK(sigaction(SIGCHLD, &action, NULL) == 0);
    pid_t child = fork();
    if (child == 0)
        _exit(1);
    CHECK(waitpid(child, &status, 0) == -1 && errno == ECHILD);
    action.sa_flags = 0;
    CHECK(sigaction(SIGCHLD, &action, NULL) == 0);
    child = fork();
    if (child == 0)
        _exit(1);
    CHECK(waitpid(child, &status, 0) == child);
    return check_status();
}
