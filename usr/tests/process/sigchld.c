#include "tests.h"

/* SIGCHLD's siginfo for an end, a death, a stop and a continue; SA_NOCLDSTOP. */
static volatile int count, code, status_, pid_;

static void handler(int signal, siginfo_t *info, void *context)
{
    (void)signal, (void)context;
    count++;
    code = info->si_code;
    status_ = info->si_status;
    pid_ = info->si_pid;
}

static void wait_count(int want)
{
    sigset_t none;

    sigemptyset(&none);
    while (count < want)
        sigsuspend(&none);
}

int main(void)
{
    struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_RESTART};
    sigset_t block;
    int status;

    alarm(20);
    sigemptyset(&block);
    sigaddset(&block, SIGCHLD);
    CHECK(sigprocmask(SIG_BLOCK, &block, NULL) == 0);
    CHECK(sigaction(SIGCHLD, &action, NULL) == 0);
    pid_t child = fork();
    if (child == 0)
        _exit(5);
    wait_count(1);
    CHECK(code == CLD_EXITED && status_ == 5 && pid_ == child);
    CHECK(waitpid(child, &status, 0) == child);
    child = fork();
    if (child == 0)
        for (;;)
            pause();
    CHECK(kill(child, SIGSTOP) == 0);
    wait_count(2);
    CHECK(code == CLD_STOPPED && status_ == SIGSTOP);
    CHECK(kill(child, SIGCONT) == 0);
    wait_count(3);
    CHECK(code == CLD_CONTINUED && status_ == SIGCONT);
    CHECK(kill(child, SIGTERM) == 0);
    wait_count(4);
    CHECK(code == CLD_KILLED && status_ == SIGTERM);
    CHECK(waitpid(child, &status, 0) == child);
    action.sa_flags |= SA_NOCLDSTOP;
    CHECK(sigaction(SIGCHLD, &action, NULL) == 0);
    child = fork();
    if (child == 0)
        for (;;)
            pause();
    CHECK(kill(child, SIGSTOP) == 0);
    CHECK(waitpid(child, &status, WUNTRACED) == child && WIFSTOPPED(status));
    CHECK(kill(child, SIGKILL) == 0);
    wait_count(5);
    CHECK(code == CLD_KILLED && status_ == SIGKILL && count == 5);
    CHECK(waitpid(child, &status, 0) == child);
    return check_status();
}
