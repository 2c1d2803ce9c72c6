/* /proc/self/fdinfo/N has position and flags. */
#include "text.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;

	enter_scratch("proc-fdinfo");
	int fd = open("f", O_RDWR | O_CREAT | O_APPEND, 0600);
	char path[64];

	CHECK(write(fd, "abcde", 5) == 5);
	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", fd);
	char *text = text_of(path);
	CHECK(field_of(text, "pos:") == 5);
	CHECK((field_of(text, "flags:") & (O_ACCMODE | O_APPEND)) == (O_RDWR | O_APPEND));
	return check_status();
}
