#include "tests.h"

/* Forty children at once, each with memory of its own; all are waited for in any order. */
#define CHILDREN 40

int main(void)
{
    static char area[CHILDREN][4096];
    int pipefd[2], i, status, sum = 0;
    char byte;

    CHECK(pipe(pipefd) == 0);
    for (i = 0; i < CHILDREN; i++) {
        pid_t child = fork();
        if (child == 0) {
            close(pipefd[1]);
            memset(area[i], i, sizeof area[i]);
            if (read(pipefd[0], &byte, 1) != 0)
                _exit(255);
            _exit(area[i][100]);
        }
        if (child < 0)
            break;
    }
    CHECK(i == CHILDREN);
    close(pipefd[1]);
    for (i = 0; i < CHILDREN; i++)
        if (wait(&status) > 0 && WIFEXITED(status))
            sum += WEXITSTATUS(status);
    CHECK(sum == CHILDREN * (CHILDREN - 1) / 2);
    CHECK(wait(&status) == -1 && errno == ECHILD);
    for (i = 0; i < CHILDREN; i++)
        sum -= area[i][100];
    CHECK(sum == CHILDREN * (CHILDREN - 1) / 2);
    return check_status();
}
