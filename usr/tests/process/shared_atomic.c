#include "tests.h"

/* Atomic additions of several processes to one shared word: none is lost. */
#define CHILDREN 4
#define ROUNDS 20000

int main(void)
{
    int *word = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pid_t children[CHILDREN];
    int i, j;

    for (i = 0; i < CHILDREN; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            for (j = 0; j < ROUNDS; j++)
                __atomic_add_fetch(word, 1, __ATOMIC_SEQ_CST);
            _exit(0);
        }
    }
    for (i = 0; i < CHILDREN; i++)
        CHECK(wait_for(children[i]) == 0);
    CHECK(*word == CHILDREN * ROUNDS);
    return check_status();
}
