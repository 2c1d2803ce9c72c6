#include "tests.h"
#include <sys/resource.h>

/* RLIMIT_NPROC ends a fork bomb with EAGAIN. */
int main(void)
{
    int pipefd[2], made = 0, error = 0;
    char byte;

    alarm(60);
    CHECK(pipe(pipefd) == 0);
    pid_t bomber = fork();
    if (bomber == 0) {
        /* A user that has no other process, if we may choose; else the limit is on what there is plus some. */
        if (geteuid() == 0 && (setresgid(54321, 54321, 54321) != 0 || setresuid(54321, 54321, 54321) != 0))
            _exit(1);
        struct rlimit limit = {12, 12};
        if (setrlimit(RLIMIT_NPROC, &limit) != 0)
            _exit(2);
        while (made < 100000) {
            pid_t child = fork();
            if (child < 0) {
                error = errno;
                break;
            }
            if (child == 0) {
                close(pipefd[1]);
                _exit(read(pipefd[0], &byte, 1));
            }
            made++;
        }
        close(pipefd[1]);
        while (wait(NULL) > 0)
            ;
        _exit(error == EAGAIN && made < 12 ? 0 : 3);
    }
    close(pipefd[1]);
    CHECK(wait_for(bomber) == 0);
    return check_status();
}
