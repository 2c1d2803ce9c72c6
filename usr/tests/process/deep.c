#include "tests.h"

/* A chain of fifteen generations, each with what the ones before have written. */
static int generations[16];

static int generation(int depth)
{
    int i;

    generations[depth] = depth + 100;
    for (i = 0; i <= depth; i++)
        if (generations[i] != i + 100)
            return 200;
    if (depth == 15)
        return 1;
    pid_t child = fork();
    if (child == 0)
        _exit(generation(depth + 1));
    return wait_for(child) + 1;
}

int main(void)
{
    CHECK(generation(0) == 16);
    CHECK(generations[0] == 100 && generations[1] == 0);
    return check_status();
}
