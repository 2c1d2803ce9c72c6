#include "tests.h"
#include <sys/resource.h>

/* nice values: kept, inherited, clamped; errors of getpriority and setpriority. */
int main(void)
{
    CHECK(setpriority(PRIO_PROCESS, 0, 5) == 0);
    CHECK(getpriority(PRIO_PROCESS, 0) == 5);
    pid_t child = fork();
    if (child == 0)
        _exit(getpriority(PRIO_PROCESS, 0) == 5 && setpriority(PRIO_PROCESS, 0, 100) == 0 && getpriority(PRIO_PROCESS, getpid()) == 19 ? 0 : 1);
    CHECK(wait_for(child) == 0);
    CHECK(getpriority(PRIO_PROCESS, 0) == 5);
    errno = 0;
    CHECK(getpriority(3, 0) == -1 && errno == EINVAL);
    CHECK(setpriority(-1, 0, 0) == -1 && errno == EINVAL);
    CHECK(getpriority(PRIO_PROCESS, 1 << 29) == -1 && errno == ESRCH);
    return check_status();
}
