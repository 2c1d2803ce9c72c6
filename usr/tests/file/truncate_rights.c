/* open(2), truncate(2): O_TRUNC takes the right to write, whatever the file is opened for; only regular files are cut. */
#include "tests.h"

#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

static int as_somebody(void *unused)
{
	(void)unused;
	if (getuid() == 0 && (setgroups(0, NULL) != 0 || setgid(65534) != 0 || setuid(65534) != 0))
		return 1;
	SHOW(open("readable", O_RDONLY | O_TRUNC));
	SHOW(open("readable", O_WRONLY));
	SHOW(truncate("readable", 0));
	SHOW(open("unreadable", O_RDONLY | O_TRUNC));
	return check_status();
}

int main(void)
{
	struct stat st;
	int fd;

	enter_scratch("file-truncate_rights");
	CHECK(chmod(".", 0755) == 0);
	CHECK((fd = open("readable", O_RDWR | O_CREAT, 0644)) >= 0);
	CHECK(write(fd, "text", 4) == 4 && fchmod(fd, 0444) == 0);
	close(fd);
	CHECK((fd = open("unreadable", O_RDWR | O_CREAT, 0600)) >= 0);
	CHECK(write(fd, "text", 4) == 4 && fchmod(fd, 0) == 0);
	close(fd);
	CHECK(wait_for(start_child(as_somebody, NULL)) == 0);
	CHECK(stat("readable", &st) == 0 && st.st_size == 4);
	CHECK(stat("unreadable", &st) == 0 && st.st_size == 4);

	CHECK((fd = open("new", O_RDONLY | O_CREAT | O_TRUNC, 0400)) >= 0);
	CHECK(fchmod(fd, 0600) == 0);
	SHOW(write(fd, "x", 1));
	close(fd);
	CHECK((fd = open("new", O_WRONLY)) >= 0);
	CHECK(write(fd, "text", 4) == 4);
	close(fd);
	CHECK((fd = open("new", O_RDONLY | O_TRUNC)) >= 0);
	CHECK(fstat(fd, &st) == 0 && st.st_size == 0);
	SHOW(ftruncate(fd, 1));
	close(fd);

	CHECK(mkfifo("fifo", 0600) == 0);
	SHOW(truncate("fifo", 0));
	SHOW(truncate(".", 0));
	return check_status();
}
