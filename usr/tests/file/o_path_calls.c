/* open(2), O_PATH: such a descriptor has a name only; calls on the file itself are EBADF. */
#include "tests.h"

#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static void refused(const char *what, long result)
{
	printf("%s: %s\n", what, result == -1 ? strerror(errno) : "done");
}

int main(void)
{
	struct epoll_event event = { .events = EPOLLIN };
	struct flock lock = { .l_type = F_RDLCK };
	struct stat st;
	char byte = 'x';
	int fd, set;

	enter_scratch("file-o_path_calls");
	CHECK((fd = open("f", O_RDWR | O_CREAT, 0644)) >= 0);
	CHECK(write(fd, "text", 4) == 4);
	close(fd);
	CHECK((fd = open("f", O_PATH)) >= 0);
	CHECK((set = epoll_create1(0)) >= 0);
	refused("read", read(fd, &byte, 1));
	refused("write", write(fd, &byte, 1));
	refused("lseek", lseek(fd, 0, SEEK_SET));
	refused("ftruncate", ftruncate(fd, 0));
	refused("fallocate", fallocate(fd, 0, 0, 1));
	refused("fsync", fsync(fd));
	refused("fdatasync", fdatasync(fd));
	refused("syncfs", syncfs(fd));
	refused("sync_file_range", sync_file_range(fd, 0, 0, 0));
	refused("fchmod", fchmod(fd, 0600));
	refused("fchown", fchown(fd, -1, -1));
	refused("futimens", futimens(fd, NULL));
	refused("flock", flock(fd, LOCK_SH | LOCK_NB));
	refused("F_SETLK", fcntl(fd, F_SETLK, &lock));
	refused("F_SETFL", fcntl(fd, F_SETFL, 0));
	refused("FIOCLEX", ioctl(fd, FIOCLEX));
	refused("mmap", (long)mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0));
	refused("epoll_ctl", epoll_ctl(set, EPOLL_CTL_ADD, fd, &event));
	CHECK(posix_fadvise(fd, 0, 0, POSIX_FADV_NORMAL) == EBADF);
	CHECK(fstat(fd, &st) == 0 && st.st_size == 4 && (st.st_mode & 0777) == 0644);
	CHECK((fcntl(fd, F_GETFL) & O_PATH) != 0);
	CHECK(fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 && fcntl(fd, F_GETFD) == FD_CLOEXEC);
	CHECK(fchownat(fd, "", -1, -1, AT_EMPTY_PATH) == 0);
	return check_status();
}
