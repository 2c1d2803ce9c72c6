#include "tests.h"

/* After fork, both have the same open file: one's read moves the other's position; flags too. */
int main(void)
{
    char buffer[8] = "";
    int fd;

    enter_scratch("process-fork_offset");
    fd = open("file", O_CREAT | O_RDWR | O_TRUNC, 0644);
    CHECK(fd >= 0 && write(fd, "abcdefgh", 8) == 8);
    CHECK(lseek(fd, 0, SEEK_SET) == 0);
    pid_t child = fork();
    if (child == 0)
        _exit(read(fd, buffer, 3) == 3 && fcntl(fd, F_SETFL, O_APPEND) == 0 ? 0 : 1);
    CHECK(wait_for(child) == 0);
    CHECK(lseek(fd, 0, SEEK_CUR) == 3);
    CHECK((fcntl(fd, F_GETFL) & O_APPEND) != 0);
    CHECK(read(fd, buffer, 2) == 2 && memcmp(buffer, "de", 2) == 0);
    CHECK(close(fd) == 0 && unlink("file") == 0);
    return check_status();
}
