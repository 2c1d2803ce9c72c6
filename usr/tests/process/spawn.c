#include "tests.h"
#include <spawn.h>
#include <stdlib.h>

/* posix_spawn with file actions and attributes; system(3) and popen(3) need a shell and are not used. */
extern char **environ;

int main(int argc, char **argv)
{
    char line[64] = "";
    int pipefd[2];
    pid_t child;

    if (argc > 1) {
        sigset_t set;
        sigprocmask(SIG_SETMASK, NULL, &set);
        printf("%s %d %d\n", argv[1], getpgrp() == getpid(), sigismember(&set, SIGUSR1));
        return 4;
    }
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t mask;
    char *arguments[] = {(char *)test_class, "spawn", "hello", NULL};
    CHECK(pipe(pipefd) == 0);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, pipefd[1], 1);
    posix_spawn_file_actions_addclose(&actions, pipefd[0]);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
    posix_spawnattr_setpgroup(&attributes, 0);
    sigemptyset(&mask);
    sigaddset(&mask, SIGUSR1);
    posix_spawnattr_setsigmask(&attributes, &mask);
    CHECK(posix_spawn(&child, "/proc/self/exe", &actions, &attributes, arguments, environ) == 0);
    close(pipefd[1]);
    CHECK(read(pipefd[0], line, sizeof line - 1) > 0);
    CHECK(strcmp(line, "hello 1 1\n") == 0);
    CHECK(wait_for(child) == 4);
    CHECK(posix_spawn(&child, "/nonexistent/program", NULL, NULL, arguments, environ) == ENOENT);
    return check_status();
}
