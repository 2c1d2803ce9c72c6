#include "tests.h"

/* umask(2): returns the old one, keeps nine bits, and works on open. */
int main(void)
{
	struct stat st;
	int fd;

	enter_scratch("misc-umask");
	umask(022);
	CHECK(umask(07777) == 022);
	CHECK(umask(027) == 0777);
	unlink("f");
	fd = open("f", O_CREAT | O_WRONLY, 0666);
	CHECK(fd >= 0 && fstat(fd, &st) == 0);
	CHECK((st.st_mode & 0777) == 0640);
	close(fd);
	unlink("f");
	return check_status();
}
