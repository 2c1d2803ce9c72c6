#include "file.h"

/* rename(2) of the working directory: the process stays in it. */
int main(void)
{
	char cwd[256];
	enter_empty("rename_cwd");
	mkdir("a", 0755);
	put("a/f", "here");
	CHECK(chdir("a") == 0 && rename("../a", "../b") == 0);
	CHECK(holds("f", "here") && getcwd(cwd, sizeof cwd) && strcmp(cwd + strlen(cwd) - 2, "/b") == 0);
	CHECK(chdir("..") == 0 && holds("b/f", "here"));
	return check_status();
}
