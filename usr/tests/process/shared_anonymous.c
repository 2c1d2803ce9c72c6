#include "tests.h"

/* MAP_SHARED|MAP_ANONYMOUS memory is the same memory after fork, touched before or only later. */
#define PAGES 64

int main(void)
{
    long page = sysconf(_SC_PAGESIZE);
    volatile char *area = mmap(NULL, PAGES * page, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    int i, good = 1;

    CHECK(area != MAP_FAILED);
    for (i = 0; i < PAGES; i += 2)
        area[i * page] = 1;
    pid_t child = fork();
    if (child == 0) {
        for (i = 0; i < PAGES; i++)
            if (area[i * page] != (i % 2 == 0))
                _exit(1);
        for (i = 0; i < PAGES; i++)
            area[i * page + 7] = (char)(i + 3);
        _exit(0);
    }
    CHECK(wait_for(child) == 0);
    for (i = 0; i < PAGES; i++)
        good &= area[i * page + 7] == (char)(i + 3);
    CHECK(good);
    CHECK(munmap((void *)area, PAGES * page) == 0);
    return check_status();
}
