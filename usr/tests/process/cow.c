#include "tests.h"
#include <stdlib.h>

/* Private memory after fork: writes of either side stay with it, in data, heap, stack and mappings. */
#define PAGES 300

static char data[PAGES * 4096];

static int differs(const char *area, char want)
{
    int i;

    for (i = 0; i < PAGES; i++)
        if (area[i * 4096] != want)
            return 1;
    return 0;
}

static void fill(char *area, char with)
{
    int i;

    for (i = 0; i < PAGES; i++)
        area[i * 4096] = with;
}

int main(void)
{
    char *heap = malloc(PAGES * 4096);
    char *map = mmap(NULL, PAGES * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    char stack[PAGES * 4096];
    int generation;

    fill(data, 'a'), fill(heap, 'b'), fill(map, 'c'), fill(stack, 'd');
    for (generation = 0; generation < 3; generation++) {
        int to_child[2], to_parent[2];
        char token;

        CHECK(pipe(to_child) == 0 && pipe(to_parent) == 0);
        pid_t child = fork();
        if (child == 0) {
            if (differs(data, 'a') || differs(heap, 'b') || differs(map, 'c') || differs(stack, 'd'))
                _exit(1);
            fill(data, '1'), fill(heap, '2'), fill(map, '3'), fill(stack, '4');
            if (write(to_parent[1], "x", 1) != 1 || read(to_child[0], &token, 1) != 1)
                _exit(2);
            if (differs(data, '1') || differs(heap, '2') || differs(map, '3') || differs(stack, '4'))
                _exit(3);
            _exit(0);
        }
        CHECK(read(to_parent[0], &token, 1) == 1);
        CHECK(!differs(data, 'a') && !differs(heap, 'b') && !differs(map, 'c') && !differs(stack, 'd'));
        fill(data, 'a'), fill(heap, 'b'), fill(map, 'c'), fill(stack, 'd');
        CHECK(write(to_child[1], "x", 1) == 1);
        CHECK(wait_for(child) == 0);
        CHECK(!differs(data, 'a') && !differs(heap, 'b') && !differs(map, 'c') && !differs(stack, 'd'));
        close(to_child[0]), close(to_child[1]), close(to_parent[0]), close(to_parent[1]);
    }
    return check_status();
}
