#include "tests.h"

/* Rules of setpgid, getpgid, getsid and setsid. */
int main(void)
{
    int go[2], ready[2];
    char byte;

    CHECK(setpgid(0, -1) == -1 && errno == EINVAL);
    CHECK(setpgid(1 << 29, 0) == -1 && errno == ESRCH);
    CHECK(getpgid(1 << 29) == -1 && errno == ESRCH);
    CHECK(getsid(1 << 29) == -1 && errno == ESRCH);
    CHECK(getpgid(0) == getpgrp() && getpgid(getpid()) == getpgrp());
    CHECK(pipe(go) == 0 && pipe(ready) == 0);
    pid_t child = fork();
    if (child == 0) {
        if (getpgrp() != getpgid(getppid()) || getsid(0) != getsid(getppid()))
            _exit(1);
        if (write(ready[1], "x", 1) != 1 || read(go[0], &byte, 1) != 1)
            _exit(2);
        if (getpgrp() != getpid())
            _exit(3);
        if (setsid() != -1 || errno != EPERM)
            _exit(4);
        pid_t grandchild = fork();
        if (grandchild == 0) {
            pid_t session = setsid();
            if (session != getpid() || getpgrp() != session || getsid(0) != session)
                _exit(1);
            if (setpgid(0, 0) != -1 || errno != EPERM)
                _exit(2);
            _exit(0);
        }
        _exit(wait_for(grandchild) == 0 ? 0 : 5);
    }
    CHECK(read(ready[0], &byte, 1) == 1);
    CHECK(setpgid(child, 1 << 29) == -1 && errno == EPERM);
    CHECK(setpgid(child, child) == 0);
    CHECK(getpgid(child) == child && getsid(child) == getsid(0));
    CHECK(write(go[1], "x", 1) == 1);
    CHECK(wait_for(child) == 0);
    CHECK(getpgid(child) == -1 && errno == ESRCH);
    return check_status();
}
