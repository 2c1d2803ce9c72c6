// Signals to oneself: handlers, masks, stacks, faults that are repaired, restarts.
#define _GNU_SOURCE
#include <errno.h>
#include <fenv.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>
static volatile int count; static volatile double keep = 1.5;
static void plain(int s) { count++; keep = keep * 3 / 7; }
static void info(int s, siginfo_t *i, void *u) {
    ucontext_t *c = u;
    printf("info %d code %d pid %d value %d rsp16 %d fp %d\n", s, i->si_code, i->si_pid == getpid(), i->si_value.sival_int, (int)((unsigned long)__builtin_frame_address(0) & 15), c->uc_mcontext.fpregs != 0);
}
static char *page;
static void fault(int s, siginfo_t *i, void *u) {
    ucontext_t *c = u;
    printf("fault %d code %d addr %d trap %lld err %lld\n", s, i->si_code, (char *)i->si_addr == page + 123, c->uc_mcontext.gregs[REG_TRAPNO], c->uc_mcontext.gregs[REG_ERR]);
    mprotect(page, 4096, PROT_READ | PROT_WRITE);
}
static sigjmp_buf back;
static void jump(int s, siginfo_t *i, void *u) { printf("jump %d code %d\n", s, i->si_code); siglongjmp(back, s); }
static char alt[65536];
static void onalt(int s) { char x; printf("on alternate stack %d\n", &x > alt && &x < alt + sizeof alt); }
static void deep(int s) { count++; if (count < 5) raise(s); count += 100; }
int main() {
    struct sigaction a = {0}; sigset_t m, o; struct timespec ts = {0, 0}; siginfo_t si;
    setvbuf(stdout, 0, _IONBF, 0);
    a.sa_handler = plain; sigaction(SIGUSR1, &a, 0);
    for (int i = 0; i < 1000; i++) kill(getpid(), SIGUSR1);
    printf("count %d\n", count);
    sigemptyset(&m); sigaddset(&m, SIGUSR1); sigaddset(&m, SIGRTMIN); sigprocmask(SIG_BLOCK, &m, &o);
    count = 0; raise(SIGUSR1); raise(SIGUSR1); sigpending(&o); printf("pending %d count %d\n", sigismember(&o, SIGUSR1), count);
    sigprocmask(SIG_UNBLOCK, &m, 0); printf("count %d\n", count);
    a.sa_sigaction = info; a.sa_flags = SA_SIGINFO; sigaction(SIGRTMIN, &a, 0); sigaction(SIGUSR2, &a, 0); kill(getpid(), SIGUSR2); raise(SIGUSR2);
    sigprocmask(SIG_BLOCK, &m, 0); union sigval v; for (int i = 1; i <= 3; i++) { v.sival_int = i; sigqueue(getpid(), SIGRTMIN, v); }
    printf("wait %d\n", sigtimedwait(&m, &si, &ts)); printf("value %d code %d\n", si.si_value.sival_int, si.si_code); sigprocmask(SIG_UNBLOCK, &m, 0);
    printf("none %d %d\n", sigtimedwait(&m, &si, &ts), errno == EAGAIN);
    page = mmap(0, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); a.sa_sigaction = fault; sigaction(SIGSEGV, &a, 0); page[123] = 9; printf("wrote %d\n", page[123]);
    a.sa_sigaction = jump; a.sa_flags = SA_SIGINFO | SA_NODEFER; sigaction(SIGSEGV, &a, 0); sigaction(SIGFPE, &a, 0); sigaction(SIGILL, &a, 0); sigaction(SIGTRAP, &a, 0);
    if (!sigsetjmp(back, 1)) *(volatile int *)0x10 = 1;
    if (!sigsetjmp(back, 1)) { volatile int z = 0; count = 1 / z; }
    if (!sigsetjmp(back, 1)) __asm__ volatile("ud2");
    if (!sigsetjmp(back, 1)) __asm__ volatile("int3");
    if (!sigsetjmp(back, 1)) __asm__ volatile("hlt");
    stack_t st = {alt, 0, sizeof alt}, old; printf("altstack %d\n", sigaltstack(&st, 0)); a.sa_handler = onalt; a.sa_flags = SA_ONSTACK; sigaction(SIGUSR1, &a, 0); raise(SIGUSR1); sigaltstack(0, &old); printf("%d %d\n", old.ss_flags, old.ss_size == sizeof alt);
    count = 0; a.sa_handler = deep; a.sa_flags = SA_NODEFER; sigaction(SIGUSR1, &a, 0); raise(SIGUSR1); printf("nodefer %d\n", count);
    count = 0; a.sa_flags = 0; sigaction(SIGUSR1, &a, 0); raise(SIGUSR1); printf("defer %d\n", count);
    a.sa_handler = plain; a.sa_flags = SA_RESETHAND; sigaction(SIGUSR1, &a, 0); raise(SIGUSR1); sigaction(SIGUSR1, 0, &a); printf("reset %d\n", a.sa_handler == SIG_DFL);
    a.sa_handler = plain; a.sa_flags = 0; sigaction(SIGALRM, &a, 0); count = 0; struct itimerval it = {{0, 3000}, {0, 3000}}; setitimer(ITIMER_REAL, &it, 0);
    while (count < 5) pause(); it.it_interval.tv_usec = it.it_value.tv_usec = 0; setitimer(ITIMER_REAL, &it, 0); printf("ticks %d\n", count >= 5);
    struct timespec ten = {10, 0}, left; ualarm(100000, 0); int r = nanosleep(&ten, &left); printf("nanosleep %d %d left %d\n", r, errno == EINTR, left.tv_sec == 9);
    count = 0; ualarm(5000, 0); while (!count) ; printf("interrupted while computing\n");
    timer_t t; struct sigevent ev = {0}; ev.sigev_notify = SIGEV_SIGNAL; ev.sigev_signo = SIGRTMIN; ev.sigev_value.sival_int = 77; a.sa_sigaction = info; a.sa_flags = SA_SIGINFO; sigaction(SIGRTMIN, &a, 0);
    printf("timer %d\n", timer_create(CLOCK_MONOTONIC, &ev, &t)); struct itimerspec its = {{0, 0}, {0, 200000000}}; timer_settime(t, 0, &its, 0);
    sigemptyset(&m); printf("suspend %d %d\n", sigsuspend(&m), errno == EINTR); timer_delete(t);
    printf("bad %d %d %d %d\n", sigaction(SIGKILL, &a, 0), sigaction(99, &a, 0), kill(getpid(), 99), kill(getpid(), 0));
    double x = 1.25; for (int i = 0; i < 100000; i++) { x = x * 1.0000001; if (i % 10000 == 0) raise(SIGALRM); } printf("%.12f\n", x);
    signal(SIGPIPE, SIG_IGN); int p[2]; pipe(p); close(p[0]); printf("epipe %zd %d\n", write(p[1], "x", 1), errno == EPIPE); signal(SIGPIPE, SIG_DFL);
    write(p[1], "x", 1); printf("not reached\n");
}
