#include "tests.h"

/* execveat: relative to a directory, of a descriptor, not through a link. */
#ifndef AT_EMPTY_PATH
#define AT_EMPTY_PATH 0x1000
#endif

int main(int argc, char **argv)
{
    if (argc > 1)
        return atoi(argv[1]);
    char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    CHECK(length > 0);
    path[length] = 0;
    char *name = strrchr(path, '/') + 1;
    pid_t child = fork();
    char *arguments[] = {(char *)test_class, "exec_at", "21", NULL};
    char *none[] = {NULL};
    if (child == 0) {
        name[-1] = 0;
        int directory = open(path[0] ? path : "/", O_RDONLY | O_DIRECTORY);
        syscall(SYS_execveat, directory, name, arguments, none, 0);
        _exit(1);
    }
    CHECK(wait_for(child) == 21);
    child = fork();
    if (child == 0) {
        int self = open(path, O_RDONLY | O_CLOEXEC);
        arguments[2] = "22";
        syscall(SYS_execveat, self, "", arguments, none, AT_EMPTY_PATH);
        _exit(1);
    }
    CHECK(wait_for(child) == 22);
    CHECK(syscall(SYS_execveat, AT_FDCWD, "/proc/self/exe", arguments, none, AT_SYMLINK_NOFOLLOW) == -1 && errno == ELOOP);
    CHECK(syscall(SYS_execveat, AT_FDCWD, path, arguments, none, 0x8000000) == -1 && errno == EINVAL);
    CHECK(syscall(SYS_execveat, 9999, "x", arguments, none, 0) == -1 && errno == EBADF);
    return check_status();
}
