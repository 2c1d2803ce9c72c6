#include "tests.h"

/* Many children one after the other: each has a number of its own, zombies keep theirs. */
int main(void)
{
    int i, status, good = 1;
    pid_t zombie = fork(), last = 0;

    if (zombie == 0)
        _exit(1);
    for (i = 0; i < 200; i++) {
        pid_t child = fork();
        if (child == 0)
            _exit(i & 0x7f);
        good &= child > 0 && child != zombie && child != last && child != getpid();
        good &= waitpid(child, &status, 0) == child && WEXITSTATUS(status) == (i & 0x7f);
        last = child;
    }
    CHECK(good);
    CHECK(waitpid(zombie, &status, 0) == zombie && WEXITSTATUS(status) == 1);
    return check_status();
}
