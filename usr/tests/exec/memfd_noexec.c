/* memfd_create(2): MFD_NOEXEC_SEAL, MFD_EXEC, F_SEAL_EXEC (Linux 6.3). */
#include "image.h"

#include <sys/stat.h>

static int mode_of(int fd)
{
	struct stat st;

	CHECK(fstat(fd, &st) == 0);
	return st.st_mode & 07777;
}

int main(void)
{
	struct by_fd start = {-1, "memfd_noexec", "inner"};
	int fd;

	CHECK(memfd_create("both", MFD_EXEC | MFD_NOEXEC_SEAL) == -1 && errno == EINVAL);
	CHECK(memfd_create("unknown", 0x20) == -1 && errno == EINVAL);
	fd = memfd_create("noexec", MFD_NOEXEC_SEAL | MFD_CLOEXEC);
	CHECK(fd >= 0 && mode_of(fd) == 0666);
	CHECK(fcntl(fd, F_GET_SEALS) == F_SEAL_EXEC);
	CHECK(fchmod(fd, 0700) == -1 && errno == EPERM);
	CHECK(fchmod(fd, 0600) == 0 && mode_of(fd) == 0600);
	fill(fd);
	start.fd = fd;
	CHECK(wait_for(start_child(run_fd, &start)) == 64 + EACCES);
	CHECK(fcntl(fd, F_ADD_SEALS, F_SEAL_GROW) == 0 && fcntl(fd, F_GET_SEALS) == (F_SEAL_EXEC | F_SEAL_GROW));
	close(fd);
	fd = memfd_create("exec", MFD_EXEC);
	CHECK(fd >= 0 && mode_of(fd) == 0777 && fcntl(fd, F_GET_SEALS) == F_SEAL_SEAL);
	CHECK(fcntl(fd, F_ADD_SEALS, F_SEAL_EXEC) == -1 && errno == EPERM);
	close(fd);
	/* sealing an executable file seals all of it */
	fd = memfd_create("sealed", MFD_EXEC | MFD_ALLOW_SEALING);
	CHECK(write(fd, "x", 1) == 1 && fcntl(fd, F_ADD_SEALS, F_SEAL_EXEC) == 0);
	CHECK(fcntl(fd, F_GET_SEALS) == (F_SEAL_EXEC | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_FUTURE_WRITE));
	CHECK(write(fd, "x", 1) == -1 && errno == EPERM);
	CHECK(fchmod(fd, 0600) == -1 && errno == EPERM);
	return check_status();
}
