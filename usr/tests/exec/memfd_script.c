/* A script in a memfd: its interpreter opens /dev/fd/N, which a close-on-exec descriptor would not be any more. */
#include "image.h"

static int script(const char *name, unsigned flags)
{
	const char text[] = "#!/proc/self/exe memfd_script\n";
	int fd = memfd_create(name, flags);

	CHECK(write(fd, text, sizeof text - 1) == sizeof text - 1);
	return fd;
}

int main(int argc, char **argv)
{
	struct by_fd start = {-1, "x", "argument"};
	char line[8];
	int fd;

	if (argc > 1) { /* as interpreter: the script's name and what came behind argv[0] */
		fd = argc == 4 && strncmp(argv[1], "/dev/fd/", 8) == 0 && strcmp(argv[3], "argument") == 0 ? open(argv[1], O_RDONLY) : -1;
		return read(fd, line, 4) == 4 && memcmp(line, "#!/p", 4) == 0 ? 9 : 1;
	}
	start.fd = script("closing", MFD_CLOEXEC);
	CHECK(wait_for(start_child(run_fd, &start)) == 64 + ENOENT);
	start.fd = script("kept", 0);
	CHECK(wait_for(start_child(run_fd, &start)) == 9);
	return check_status();
}
