#include "file.h"

/* A removed working directory is empty and has no way in. */
int main(void)
{
	char cwd[256];
	enter_empty("rmdir_cwd");
	CHECK(mkdir("d", 0755) == 0 && chdir("d") == 0 && rmdir("../d") == 0);
	FAILS(open("f", O_CREAT | O_RDWR, 0644), ENOENT);
	FAILS(mkdir("e", 0755), ENOENT);
	CHECK(getcwd(cwd, sizeof cwd) == NULL && errno == ENOENT);
	return check_status();
}
