#include "tests.h"

/* vfork: the child runs in the parent's memory, the parent goes on when it has ended or called execve. */
static volatile int word;

int main(int argc, char **argv)
{
    if (argc > 1)
        return atoi(argv[1]);
    pid_t child = vfork();
    if (child == 0) {
        word = 5;
        _exit(3);
    }
    CHECK(word == 5);
    CHECK(wait_for(child) == 3);
    child = vfork();
    if (child == 0) {
        word = 6;
        reexec("vfork", "9", NULL);
        _exit(1);
    }
    CHECK(word == 6);
    CHECK(wait_for(child) == 9);
    int i, good = 1;
    for (i = 0; i < 20; i++) {
        child = vfork();
        if (child == 0)
            _exit(i);
        good &= wait_for(child) == i;
    }
    CHECK(good);
    return check_status();
}
