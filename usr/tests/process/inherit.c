#include "tests.h"
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/prctl.h>

/* What a child has from its parent, and what it has not. */
static void nothing(int signal)
{
    (void)signal;
}

int main(void)
{
    sigset_t mask, pending;
    struct rlimit limit = {77, 100};
    char name[17] = "";

    alarm(20);
    sigemptyset(&mask);
    sigaddset(&mask, SIGUSR2);
    CHECK(sigprocmask(SIG_SETMASK, &mask, NULL) == 0);
    CHECK(raise(SIGUSR2) == 0);
    signal(SIGUSR1, nothing);
    signal(SIGHUP, SIG_IGN);
    umask(027);
    CHECK(setrlimit(RLIMIT_NOFILE, &limit) == 0);
    CHECK(prctl(PR_SET_NAME, "inherited") == 0);
    pid_t child = fork();
    if (child == 0) {
        struct sigaction action;
        struct rlimit now;
        int bad = 0;
        sigpending(&pending);
        bad |= sigismember(&pending, SIGUSR2) ? 1 : 0;
        sigprocmask(SIG_SETMASK, NULL, &mask);
        bad |= sigismember(&mask, SIGUSR2) ? 0 : 2;
        sigaction(SIGUSR1, NULL, &action);
        bad |= action.sa_handler == nothing ? 0 : 4;
        sigaction(SIGHUP, NULL, &action);
        bad |= action.sa_handler == SIG_IGN ? 0 : 8;
        bad |= umask(0) == 027 ? 0 : 16;
        getrlimit(RLIMIT_NOFILE, &now);
        bad |= now.rlim_cur == 77 && now.rlim_max == 100 ? 0 : 32;
        bad |= alarm(0) == 0 ? 0 : 64;
        prctl(PR_GET_NAME, name);
        bad |= strcmp(name, "inherited") == 0 ? 0 : 128;
        _exit(bad);
    }
    CHECK(wait_for(child) == 0);
    CHECK(alarm(0) > 0);
    CHECK(umask(0) == 027);
    return check_status();
}
