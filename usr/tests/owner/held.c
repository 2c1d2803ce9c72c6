#include "owner.h"

#include <dirent.h>
#include <sys/statfs.h>

/* What is open stays usable whoever one becomes: nobody asks again for the way to it. */
static int file, dir, readable;

static void other(void)
{
	struct stat stat;
	struct statfs fs;
	char buffer[16];
	EXPECT(fstat(file, &stat) == 0 && stat.st_size == 4 && fstatfs(file, &fs) == 0);
	EXPECT(pread(file, buffer, sizeof buffer, 0) == 4 && pwrite(file, "more", 4, 4) == 4);
	EXPECT(fsync(file) == 0 && lseek(file, 0, SEEK_HOLE) == 8 && ftruncate(file, 6) == 0);
	EXPECT(fgetxattr(file, "user.none", buffer, sizeof buffer) == -1 && (errno == EACCES || errno == EOPNOTSUPP));
	REFUSED(fchmod(file, 0666), EPERM);
	REFUSED(futimens(readable, NULL), EACCES);
	EXPECT(posix_fallocate(file, 0, 100) == 0 && fstat(file, &stat) == 0 && stat.st_size == 100);
	EXPECT(fstat(dir, &stat) == 0 && S_ISDIR(stat.st_mode));
	DIR *listing = fdopendir(dup(dir));
	int count = 0;
	while (listing && readdir(listing))
		count++;
	EXPECT(count == 4);
	if (listing)
		closedir(listing);
	char *memory = mmap(NULL, 4096, PROT_READ, MAP_SHARED, file, 0);
	EXPECT(memory != MAP_FAILED && memcmp(memory, "textmo", 6) == 0);
	REFUSED(openat(dir, "file", O_RDONLY), EACCES);
}

int main(void)
{
	if (enter_as_root("held")) {
		make_dir("private", 0700, 0, 0);
		make("private/file", 0600, 0, 0);
		make("private/readable", 0644, 0, 0);
		file = open("private/file", O_RDWR);
		readable = open("private/readable", O_RDONLY);
		dir = open("private", O_RDONLY | O_DIRECTORY);
		as_user(6000, other);
	}
	return check_status();
}
