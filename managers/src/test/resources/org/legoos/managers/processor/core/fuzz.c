// Random system calls with hostile arguments; argv[1] is the seed, argv[2] the count. Ends with 77.
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>
static unsigned long s;
static unsigned long rnd(void) { s ^= s << 13; s ^= s >> 7; s ^= s << 17; return s; }
static char *rw, *ro, *gap;
static void nothing(int x) {}
static const char *paths[] = {"/", "/tmp", "/tmp/f", "/proc/self/maps", "/dev/null", "/tmp/../tmp/./f/", "", "/proc/self/fd/0", "/bin/fuzz/x", "/tmp/l", "//..//dev//zero", "/proc/self/fd/77"};
static unsigned long arg(void) {
    switch (rnd() % 16) {
    case 0: return rnd(); case 1: return -(rnd() % 5000); case 2: case 3: return rnd() % 32; case 4: return (unsigned long)rw + rnd() % 8192;
    case 5: return (unsigned long)ro + rnd() % 4096; case 6: return (unsigned long)gap - rnd() % 64; case 7: return 0xffffffff81000000ul + rnd() % 4096;
    case 8: return 0; case 9: return 0x7ffffffff000ul - rnd() % 16; case 10: strcpy(rw, paths[rnd() % 12]); return (unsigned long)rw;
    case 11: strcpy(rw + 4096, paths[rnd() % 12]); return (unsigned long)rw + 4096; case 12: return 1ul << rnd() % 64; case 13: return rnd() % 70000; case 14: return -100; default: return 1 << rnd() % 20; }
}
static int allowed(long nr, unsigned long *a) {
    switch (nr) {
    case 13: case 15: case 59: case 60: case 62: case 129: case 158: case 160: case 200: case 222: case 231: case 234: case 297: case 302: case 322: case 56: case 57: case 58: case 435: return 0;
    case 9: return a[1] < 65536 && !(a[3] & 16); case 10: case 11: case 28: return a[1] < 4096 && a[0] - (unsigned long)rw >= 8192 && a[0] != (unsigned long)ro; case 25: return 0; case 12: return a[0] == 0; case 24: return 1; }
    return 1;
}
int main(int argc, char **argv) {
    s = strtoul(argv[1], 0, 10) * 0x9e3779b97f4a7c15ul + 1; long n = atol(argv[2]);
    rw = mmap(0, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); ro = mmap(0, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    gap = mmap(0, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); munmap(gap + 4096, 4096); gap += 4096;
    struct sigaction sa = {0}; sa.sa_handler = nothing; sigaction(SIGALRM, &sa, 0); signal(SIGPIPE, SIG_IGN); struct itimerval it = {{0, 2000}, {0, 2000}}; sigset_t none; sigemptyset(&none);
    while (n--) {
        unsigned long a[6]; long nr = rnd() % 50 ? (long)(rnd() % 460) : (long)rnd(); for (int i = 0; i < 6; i++) a[i] = arg();
        if (!allowed(nr, a)) continue;
        syscall(SYS_setitimer, 0, &it, 0); syscall(SYS_rt_sigprocmask, 2, &none, 0, 8);
        syscall(nr, a[0], a[1], a[2], a[3], a[4], a[5]);
    }
    syscall(SYS_exit_group, 77);
}
