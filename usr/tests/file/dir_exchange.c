#include "file.h"

/* Working directories follow RENAME_EXCHANGE. */
int main(void)
{
	char cwd[512];
	enter_empty("dir_exchange");
	mkdir("one", 0755);
	mkdir("two", 0755);
	mkdir("one/x", 0755);
	put("two/y", "y");
	int two = open("two", O_RDONLY | O_DIRECTORY);
	CHECK(chdir("one/x") == 0);
	CHECK(renameat2(AT_FDCWD, "../../one", AT_FDCWD, "../../two", RENAME_EXCHANGE) == 0);
	CHECK(getcwd(cwd, sizeof cwd) && strcmp(cwd + strlen(cwd) - 6, "/two/x") == 0);
	CHECK(faccessat(two, "y", F_OK, 0) == 0 && holds("../../one/y", "y"));
	return check_status();
}
