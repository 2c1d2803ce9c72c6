#include "tests.h"
#include <sys/prctl.h>

/* PR_SET_PDEATHSIG: the child of a process that ends gets the signal; its own child does not inherit it. */
int main(void)
{
    int pipefd[2], signal_ = 0;
    char byte;

    alarm(20);
    CHECK(pipe(pipefd) == 0);
    pid_t child = fork();
    if (child == 0) {
        int ready[2];
        if (pipe(ready) != 0)
            _exit(1);
        if (fork() == 0) {
            sigset_t set;
            siginfo_t info;
            sigemptyset(&set);
            sigaddset(&set, SIGUSR1);
            sigprocmask(SIG_BLOCK, &set, NULL);
            prctl(PR_SET_PDEATHSIG, SIGUSR1);
            if (write(ready[1], "x", 1) != 1)
                _exit(1);
            signal_ = sigwaitinfo(&set, &info);
            byte = signal_ == SIGUSR1 && info.si_code == SI_USER ? 'y' : 'n';
            _exit(write(pipefd[1], &byte, 1) != 1);
        }
        _exit(read(ready[0], &byte, 1) != 1);
    }
    CHECK(wait_for(child) == 0);
    CHECK(read(pipefd[0], &byte, 1) == 1 && byte == 'y');
    CHECK(prctl(PR_SET_PDEATHSIG, 65) == -1 && errno == EINVAL);
    CHECK(prctl(PR_SET_PDEATHSIG, SIGHUP) == 0);
    child = fork();
    if (child == 0) {
        prctl(PR_GET_PDEATHSIG, &signal_);
        _exit(signal_);
    }
    CHECK(wait_for(child) == 0);
    return check_status();
}
