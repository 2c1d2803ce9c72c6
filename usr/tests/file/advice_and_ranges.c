/* posix_fadvise(2), readahead(2), sync_file_range(2), copy_file_range(2), sendfile(2): what they refuse. */
#include "tests.h"

#include <sys/sendfile.h>
#include <unistd.h>

int main(void)
{
	int fd, directory, pipes[2];
	off64_t at, to;

	enter_scratch("file-advice_and_ranges");
	CHECK((fd = open("f", O_RDWR | O_CREAT, 0644)) >= 0 && write(fd, "0123456789", 10) == 10);
	CHECK((directory = open(".", O_RDONLY)) >= 0 && pipe(pipes) == 0);
	printf("%d %d %d\n", posix_fadvise(fd, 0, -1, 0), posix_fadvise(fd, 0, 0, 99), posix_fadvise(pipes[0], 0, 0, 0));
	SHOW(readahead(fd, 0, 10));
	SHOW(readahead(pipes[0], 0, 10));
	SHOW(readahead(pipes[1], 0, 10));
	SHOW(readahead(directory, 0, 10));
	SHOW(sync_file_range(fd, 0, 0, 7));
	SHOW(sync_file_range(fd, 0, 0, 8));
	SHOW(sync_file_range(fd, -1, 0, 0));
	SHOW(sync_file_range(fd, 0, -1, 0));
	SHOW(sync_file_range(pipes[1], 0, 0, 2));
	at = 0, to = 5;
	SHOW(copy_file_range(fd, &at, fd, &to, 5, 0));
	at = 0, to = 4;
	SHOW(copy_file_range(fd, &at, fd, &to, 5, 0));
	at = 4, to = 0;
	SHOW(copy_file_range(fd, &at, fd, &to, 5, 0));
	SHOW(sendfile(fd, directory, NULL, 1));
	return check_status();
}
