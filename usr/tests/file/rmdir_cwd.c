#include "file.h"

/* A removed working directory is empty and has no way in. */
int main(void)
{
	char cwd[256];
	struct stat self;
	enter_empty("rmdir_cwd");
	CHECK(mkdir("d", 0755) == 0 && chdir("d") == 0 && rmdir("../d") == 0);
	FAILS(open("f", O_CREAT | O_RDWR, 0644), ENOENT);
	FAILS(mkdir("e", 0755), ENOENT);
	CHECK(getcwd(cwd, sizeof cwd) == NULL && errno == ENOENT);
	CHECK(stat(".", &self) == 0 && S_ISDIR(self.st_mode) && self.st_nlink == 0);
	CHECK(lstat("./.", &self) == 0 && self.st_nlink == 0);
	FAILS(stat("./f", &self), ENOENT);
	CHECK(stat("..", &self) == 0 && self.st_nlink > 0);
	return check_status();
}
