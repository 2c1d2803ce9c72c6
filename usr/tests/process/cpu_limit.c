#include "tests.h"
#include <sys/resource.h>

/* RLIMIT_CPU: SIGXCPU at the soft limit, SIGKILL at the hard one. */
static volatile int warned;

static void warn(int signal)
{
    warned += signal == SIGXCPU;
}

int main(void)
{
    alarm(100);
    pid_t child = fork();
    if (child == 0) {
        struct rlimit limit = {1, 3};
        signal(SIGXCPU, warn);
        if (setrlimit(RLIMIT_CPU, &limit) != 0)
            _exit(1);
        while (!warned)
            ;
        _exit(42);
    }
    CHECK(wait_for(child) == 42);
    child = fork();
    if (child == 0) {
        struct rlimit limit = {1, 1};
        signal(SIGXCPU, SIG_IGN);
        if (setrlimit(RLIMIT_CPU, &limit) != 0)
            _exit(1);
        for (;;)
            ;
    }
    CHECK(wait_for(child) == 128 + SIGKILL);
    return check_status();
}
