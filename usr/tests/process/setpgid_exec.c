#include "tests.h"

/* A child that has called execve cannot be moved any more: EACCES. */
int main(int argc, char **argv)
{
    int ready[2], go[2];
    char byte;

    if (argc > 1) {
        if (write(atoi(argv[1]), "x", 1) != 1)
            return 1;
        return read(atoi(argv[2]), &byte, 1) != 1;
    }
    CHECK(pipe(ready) == 0 && pipe(go) == 0);
    pid_t child = fork();
    if (child == 0) {
        char out[12], in[12];
        snprintf(out, sizeof out, "%d", ready[1]);
        snprintf(in, sizeof in, "%d", go[0]);
        reexec("setpgid_exec", out, in, NULL);
        _exit(1);
    }
    CHECK(read(ready[0], &byte, 1) == 1);
    CHECK(setpgid(child, child) == -1 && errno == EACCES);
    CHECK(write(go[1], "x", 1) == 1);
    CHECK(wait_for(child) == 0);
    return check_status();
}
