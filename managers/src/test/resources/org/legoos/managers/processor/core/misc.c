// Identity, limits, time, pseudo files: what must be the same, and what must only make sense.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/time.h>
#include <sys/times.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#define P(x) do { errno = 0; long r_ = (long)(x); printf("%s = %ld %s\n", #x, r_, r_ < 0 ? strerror(errno) : ""); } while (0)
static int has(const char *path, const char *what) {
    static char b[200000]; int fd = open(path, O_RDONLY), n = 0, r; if (fd < 0) return -1;
    while ((r = read(fd, b + n, sizeof b - 1 - n)) > 0) n += r; close(fd); b[n] = 0; return memmem(b, n, what, strlen(what)) != 0;
}
int main(int argc, char **argv) {
    struct utsname u; struct rlimit l; struct rusage ru; struct sysinfo s; struct timespec a, b; char x[4096]; cpu_set_t c;
    P(getpid() == gettid()); P(getpid() > 1); P(uname(&u)); printf("%s %s\n", u.sysname, u.machine); P(getrlimit(RLIMIT_STACK, &l)); P(l.rlim_cur); P(getrlimit(99, &l));
    l.rlim_cur = 10; l.rlim_max = 5; P(setrlimit(RLIMIT_NOFILE, &l)); l.rlim_cur = 5; P(setrlimit(RLIMIT_NOFILE, &l)); P(open("/dev/null", 0)); P(open("/dev/null", 0)); P(open("/dev/null", 0)); P(close(3)); P(close(4));
    P(getrusage(RUSAGE_SELF, &ru)); P(ru.ru_maxrss > 0); P(getrusage(77, &ru)); P(sysinfo(&s)); P(s.totalram > 1 << 20); P(s.mem_unit);
    P(clock_gettime(CLOCK_MONOTONIC, &a)); struct timespec d = {0, 2000000}; P(nanosleep(&d, 0)); P(clock_gettime(CLOCK_MONOTONIC, &b)); P((b.tv_sec - a.tv_sec) * 1000000000l + b.tv_nsec - a.tv_nsec >= 2000000); P(clock_gettime(99, &a)); P(clock_getres(CLOCK_REALTIME, &a)); P(a.tv_nsec);
    P(time(0) > 1600000000); P(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &b, 0)); d.tv_nsec = 1000000000; P(nanosleep(&d, 0)); P(nanosleep((void *)8, 0));
    P(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a)); volatile long z = 0; for (long i = 0; i < 3000000; i++) z += i; P(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b)); P(b.tv_sec * 1000000000 + b.tv_nsec > a.tv_sec * 1000000000 + a.tv_nsec);
    P(sched_getaffinity(0, sizeof c, &c)); P(CPU_COUNT(&c) > 0); P(sched_yield()); P(getrandom(x, 100, 0)); P(getrandom(x, 10, 99)); P(prctl(PR_SET_NAME, "averyveryverylongname")); P(prctl(PR_GET_NAME, x)); puts(x); P(prctl(12345));
    P(has("/proc/self/comm", "averyveryverylo")); P(has("/proc/self/status", "Pid:\t")); P(has("/proc/self/maps", "[stack]")); P(has("/proc/self/maps", "r-xp")); P(has("/proc/self/cmdline", "misc")); P(has("/proc/cpuinfo", "processor\t: 0")); P(has("/proc/meminfo", "MemTotal:")); P(has("/proc/stat", "btime ")); P(has("/proc/version", "Linux version")); P(has("/proc/self/stat", "(averyveryverylo) R ")); P(has("/proc/self/limits", "Max open files            5                    5                    files")); P(has("/proc/filesystems", "proc")); P(has("/proc/self/mounts", "/proc")); P(has("/proc/self/environ", "PATH=")); P(has("/sys/devices/system/cpu/online", "0")); P(has("/proc/self/auxv", "\6")); P(has("/proc/sys/kernel/ostype", "Linux"));
    P(readlink("/proc/self/exe", x, 100) > 0); P(!!strstr(x, "misc")); P(readlink("/proc/self/fd/99", x, 10)); P(access("/proc/self/fd/0", R_OK)); P(open("/proc/self/stat", O_WRONLY | O_CREAT | O_EXCL, 0)); P(mkdir("/proc/x", 0));
    int w; P(wait(&w)); P(getppid() >= 0); P(getuid()); P(geteuid()); P(setuid(0)); P(getgroups(-1, 0)); P(syscall(9999)); P(syscall(-1)); P(syscall(SYS_futex, &w, 0, w + 1, 0)); P(syscall(SYS_futex, &w, 1, 1)); P(syscall(SYS_futex, 8, 0, 0, 0)); d.tv_nsec = 1000; P(syscall(SYS_futex, &w, 0, w, &d)); P(execl("/none", "none", (char *)0)); P(execl("/etc/passwd", "x", (char *)0)); P(chdir("/proc/self/fd")); P(chdir("/"));
    fflush(stdout);
    if (argc == 1) { execl(argv[0], argv[0], "again", (char *)0); puts("exec failed"); }
    puts(argv[1]); fflush(stdout); abort();
}
