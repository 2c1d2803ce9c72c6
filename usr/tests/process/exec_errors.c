#include "tests.h"
#include <sys/stat.h>

/* Errors of execve leave the program as it was. */
int main(void)
{
    char *argv[] = {"x", NULL};
    int fd;

    enter_scratch("process-exec_errors");
    CHECK(execv("/nonexistent", argv) == -1 && errno == ENOENT);
    CHECK(execv("", argv) == -1 && errno == ENOENT);
    CHECK(execv(".", argv) == -1 && errno == EACCES);
    fd = open("plain", O_CREAT | O_WRONLY, 0644);
    CHECK(fd >= 0 && write(fd, "nothing", 7) == 7 && close(fd) == 0);
    CHECK(execv("plain", argv) == -1 && errno == EACCES);
    CHECK(chmod("plain", 0755) == 0);
    CHECK(execv("plain", argv) == -1 && errno == ENOEXEC);
    CHECK(execv("plain/x", argv) == -1 && errno == ENOTDIR);
    CHECK(execve((char *)16, argv, NULL) == -1 && errno == EFAULT);
    CHECK(execve("plain", (char **)16, NULL) == -1 && errno == EFAULT);
    fd = open("script", O_CREAT | O_WRONLY, 0755);
    CHECK(fd >= 0 && write(fd, "#!/nonexistent/interpreter\n", 27) == 27 && close(fd) == 0);
    CHECK(execv("script", argv) == -1 && errno == ENOENT);
    CHECK(unlink("plain") == 0 && unlink("script") == 0);
    return check_status();
}
