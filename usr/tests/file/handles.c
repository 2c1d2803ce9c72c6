#include "file.h"

/* name_to_handle_at(2), open_by_handle_at(2). */
static union {
	struct file_handle handle;
	char bytes[sizeof(struct file_handle) + MAX_HANDLE_SZ];
} h, other;

int main(void)
{
	int mount = -1, again = -2;
	char text[16] = "";
	struct stat a, b;
	enter_empty("handles");
	put("f", "content");
	symlink("f", "l");
	int dot = open(".", O_RDONLY | O_DIRECTORY);
	h.handle.handle_bytes = 0;
	FAILS(name_to_handle_at(AT_FDCWD, "f", &h.handle, &mount, 0), EOVERFLOW);
	CHECK(h.handle.handle_bytes > 0 && h.handle.handle_bytes <= MAX_HANDLE_SZ);
	h.handle.handle_bytes = MAX_HANDLE_SZ + 1;
	FAILS(name_to_handle_at(AT_FDCWD, "f", &h.handle, &mount, 0), EINVAL);
	h.handle.handle_bytes = other.handle.handle_bytes = MAX_HANDLE_SZ;
	FAILS(name_to_handle_at(AT_FDCWD, "none", &h.handle, &mount, 0), ENOENT);
	FAILS(name_to_handle_at(AT_FDCWD, "f", &h.handle, &mount, 0x4), EINVAL);
	CHECK(name_to_handle_at(AT_FDCWD, "f", &h.handle, &mount, 0) == 0 && mount >= 0);
	CHECK(name_to_handle_at(dot, "l", &other.handle, &again, AT_SYMLINK_FOLLOW) == 0 && again == mount);
	CHECK(memcmp(&h, &other, sizeof(struct file_handle) + h.handle.handle_bytes) == 0);
	other.handle.handle_bytes = MAX_HANDLE_SZ;
	int pipes[2];
	CHECK(pipe(pipes) == 0);
	FAILS(name_to_handle_at(pipes[0], "", &other.handle, &again, AT_EMPTY_PATH), EOPNOTSUPP);
	int fd = open_by_handle_at(dot, &h.handle, O_RDONLY);
	if (fd < 0)
		return errno == EPERM ? 0 : 1; /* it takes CAP_DAC_READ_SEARCH */
	CHECK(read(fd, text, 15) == 7 && strcmp(text, "content") == 0);
	CHECK(rename("f", "g") == 0);
	int moved = open_by_handle_at(dot, &h.handle, O_RDONLY);
	CHECK(fstat(moved, &a) == 0 && stat("g", &b) == 0 && a.st_ino == b.st_ino);
	other.handle.handle_bytes = 0;
	FAILS(open_by_handle_at(dot, &other.handle, O_RDONLY), EINVAL);
	close(fd);
	close(moved);
	CHECK(unlink("g") == 0);
	FAILS(open_by_handle_at(dot, &h.handle, O_RDONLY), ESTALE);
	return check_status();
}
