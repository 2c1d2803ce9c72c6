#include "tests.h"
#include <sys/resource.h>
#include <sys/times.h>

/* A child's CPU time counts for the parent when it has been waited for, and not before. */
int main(void)
{
    struct rusage usage, own;
    struct tms before, after;
    int status;
    volatile unsigned long count = 0;

    CHECK(times(&before) != (clock_t)-1);
    CHECK(getrusage(RUSAGE_CHILDREN, &usage) == 0);
    CHECK(usage.ru_utime.tv_sec == 0 && usage.ru_utime.tv_usec == 0);
    pid_t child = fork();
    if (child == 0) {
        do {
            for (int i = 0; i < 100000; i++)
                count++;
            getrusage(RUSAGE_SELF, &own);
        } while (own.ru_utime.tv_sec == 0 && own.ru_utime.tv_usec + own.ru_stime.tv_usec < 60000);
        _exit(0);
    }
    CHECK(wait4(child, &status, 0, &usage) == child);
    CHECK(usage.ru_utime.tv_sec > 0 || usage.ru_utime.tv_usec + usage.ru_stime.tv_usec >= 50000);
    CHECK(usage.ru_maxrss > 0);
    CHECK(getrusage(RUSAGE_CHILDREN, &own) == 0);
    CHECK(own.ru_utime.tv_sec == usage.ru_utime.tv_sec && own.ru_utime.tv_usec == usage.ru_utime.tv_usec);
    CHECK(times(&after) != (clock_t)-1);
    CHECK(after.tms_cutime + after.tms_cstime > before.tms_cutime + before.tms_cstime);
    CHECK(getrusage(5, &own) == -1 && errno == EINVAL);
    return check_status();
}
