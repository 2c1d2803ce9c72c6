/* Who may execute what: the class that matches decides, and root may if anybody may. */
#include "caps.h"

#include <sys/stat.h>

static int try(void *argument)
{
	int *mode = argument;
	char *argv[] = {"x", NULL};

	if (mode[1])
		EXPECT(setgid(mode[1]) == 0 && setuid(mode[1]) == 0);
	execv("./text", argv);
	return errno == ENOEXEC ? 0 : errno == EACCES ? 1 : 2;
}

int main(void)
{
	static int cases[][3] = {{0755, 1001, 0}, {0700, 1001, 1}, {0750, 1001, 1}, {0644, 0, 1}, {0701, 0, 0}, {0600, 0, 1}};
	int fd;

	enter_scratch("cred-exec_rights");
	fd = open("text", O_CREAT | O_WRONLY, 0644);
	EXPECT(write(fd, "\177nothing", 8) == 8);
	close(fd);
	if (geteuid() || !has(CAP_SETUID))
		return check_status();
	EXPECT(chmod(".", 0755) == 0);
	for (int i = 0; i < 6; i++) {
		EXPECT(chmod("text", cases[i][0]) == 0);
		EXPECT(wait_for(start_child(try, cases[i])) == cases[i][2]);
	}
	return check_status();
}
