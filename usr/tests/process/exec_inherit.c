#include "tests.h"
#include <sys/stat.h>

/* execve keeps pid, mask, ignored signals, descriptors and umask; resets handlers; closes what is close-on-exec. */
static void nothing(int signal)
{
    (void)signal;
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        struct sigaction action;
        sigset_t mask;
        CHECK(atoi(argv[1]) == getpid());
        CHECK(fcntl(atoi(argv[2]), F_GETFD) == 0);
        CHECK(fcntl(atoi(argv[3]), F_GETFD) == -1 && errno == EBADF);
        CHECK(sigaction(SIGUSR1, NULL, &action) == 0 && action.sa_handler == SIG_DFL);
        CHECK(sigaction(SIGUSR2, NULL, &action) == 0 && action.sa_handler == SIG_IGN);
        CHECK(sigprocmask(SIG_SETMASK, NULL, &mask) == 0 && sigismember(&mask, SIGHUP));
        CHECK(umask(0) == 037);
        CHECK(argc == 5 && strcmp(argv[4], "") == 0);
        return check_status();
    }
    pid_t child = fork();
    if (child == 0) {
        char pid[12], kept[12], closed[12];
        sigset_t mask;
        signal(SIGUSR1, nothing);
        signal(SIGUSR2, SIG_IGN);
        sigemptyset(&mask);
        sigaddset(&mask, SIGHUP);
        sigprocmask(SIG_SETMASK, &mask, NULL);
        umask(037);
        snprintf(pid, sizeof pid, "%d", getpid());
        snprintf(kept, sizeof kept, "%d", dup(0));
        snprintf(closed, sizeof closed, "%d", fcntl(0, F_DUPFD_CLOEXEC, 0));
        reexec("exec_inherit", pid, kept, closed, "", NULL);
        _exit(99);
    }
    CHECK(wait_for(child) == 0);
    return check_status();
}
