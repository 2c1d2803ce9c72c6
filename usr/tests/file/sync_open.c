#include "file.h"

/* open(2): O_SYNC and O_DSYNC writes. */
int main(void)
{
	enter_empty("sync_open");
	int fd = open("f", O_CREAT | O_WRONLY | O_SYNC, 0644);
	CHECK(fd >= 0 && write(fd, "one", 3) == 3);
	CHECK((fcntl(fd, F_GETFL) & O_SYNC) == O_SYNC);
	int ds = open("f", O_WRONLY | O_DSYNC | O_APPEND);
	CHECK(write(ds, "two", 3) == 3 && (fcntl(ds, F_GETFL) & O_SYNC) == O_DSYNC);
	CHECK(holds("f", "onetwo"));
	return check_status();
}
