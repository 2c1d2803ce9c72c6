#include "tests.h"
#include <sys/prctl.h>

/* A stopped group that becomes orphaned is hung up and continued (POSIX, _exit). */
int main(void)
{
    int ready[2];
    char byte = 0;
    int status;

    alarm(20);
    CHECK(prctl(PR_SET_CHILD_SUBREAPER, 1) == 0);
    CHECK(pipe(ready) == 0);
    pid_t child = fork();
    if (child == 0) {
        setsid();
        pid_t member = fork();
        if (member == 0) {
            setpgid(0, 0);
            if (write(ready[1], "x", 1) != 1)
                _exit(1);
            raise(SIGSTOP);
            for (;;)
                pause();
        }
        if (read(ready[0], &byte, 1) != 1)
            _exit(1);
        waitpid(member, &status, WUNTRACED);
        _exit(WIFSTOPPED(status) ? 0 : 2);
    }
    CHECK(wait_for(child) == 0);
    CHECK(waitpid(-1, &status, 0) > 0 && WIFSIGNALED(status) && WTERMSIG(status) == SIGHUP);
    return check_status();
}
