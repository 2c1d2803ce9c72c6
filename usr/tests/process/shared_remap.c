#include "tests.h"

/* A shared mapping moved, cut, protected and dropped in one process stays the same memory in the other. */
int main(void)
{
    char *area = mmap(NULL, 8 * 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    int i;

    CHECK(area != MAP_FAILED);
    for (i = 0; i < 8; i++)
        area[i * 4096] = (char)(i + 1);
    pid_t child = fork();
    if (child == 0) {
        char *place = mmap(NULL, 64 * 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        char *moved = mremap(area, 8 * 4096, 8 * 4096, MREMAP_MAYMOVE | MREMAP_FIXED, place + 5 * 4096);
        if (moved == MAP_FAILED)
            _exit(1);
        for (i = 0; i < 8; i++)
            if (moved[i * 4096] != i + 1)
                _exit(2);
        moved[7 * 4096] = 77;
        if (munmap(moved, 4096) != 0 || mprotect(moved + 4096, 4096, PROT_READ) != 0 || moved[4096] != 2)
            _exit(3);
        if (madvise(moved + 2 * 4096, 4096, MADV_DONTNEED) != 0 || moved[2 * 4096] != 3)
            _exit(4);
        _exit(0);
    }
    CHECK(wait_for(child) == 0);
    CHECK(area[7 * 4096] == 77 && area[0] == 1 && area[4096] == 2);
    area[4096] = 5;
    CHECK(area[4096] == 5);
    return check_status();
}
