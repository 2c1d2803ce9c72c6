/* path_resolution(7): a name that ends with a slash is a directory's; nothing else can be made by it. */
#include "tests.h"

#include <sys/stat.h>
#include <unistd.h>

int main(void)
{
	int fd;

	enter_scratch("file-name_with_slash");
	CHECK((fd = open("f", O_RDWR | O_CREAT, 0644)) >= 0);
	close(fd);
	SHOW(link("f", "new/"));
	SHOW(symlink("f", "new/"));
	SHOW(mknod("new/", S_IFREG | 0600, 0));
	SHOW(mkfifo("new/", 0600));
	SHOW(open("new/", O_CREAT | O_WRONLY, 0600));
	SHOW(rename("f", "new/"));
	SHOW(link("f/", "new"));
	SHOW(unlink("f/"));
	SHOW(symlink("x", "f/"));
	SHOW(mkdir("new/", 0755));
	SHOW(link("f", "new/"));
	SHOW(symlink("f", "new/"));
	SHOW(mknod("new/", S_IFREG | 0600, 0));
	SHOW(rename("new/", "other/"));
	SHOW(rmdir("other/"));
	SHOW(access("f", F_OK));
	return check_status();
}
