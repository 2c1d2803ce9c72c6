#include "tests.h"

/* shm_open(3): two processes map one object of /dev/shm; its name goes before its content. */
static char name[64];

static int child(void *unused)
{
	int fd = shm_open(name, O_RDWR, 0);
	char *map = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	(void)unused;
	if (map == MAP_FAILED || strcmp(map, "from parent") != 0)
		return 1;
	strcpy(map, "from child");
	return 0;
}

int main(void)
{
	struct stat st;
	char *map;
	int fd;

	alarm(20);
	sprintf(name, "/lego-shm-%d", getpid());
	CHECK(shm_open(name, O_RDWR, 0) == -1 && errno == ENOENT);
	CHECK((fd = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600)) >= 0);
	CHECK(shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600) == -1 && errno == EEXIST);
	CHECK(ftruncate(fd, 4096) == 0 && fstat(fd, &st) == 0 && st.st_size == 4096 && (st.st_mode & 0777) == 0600);
	CHECK((map = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0)) != MAP_FAILED);
	strcpy(map, "from parent");
	CHECK(wait_for(start_child(child, NULL)) == 0);
	CHECK(strcmp(map, "from child") == 0);
	CHECK(shm_unlink(name) == 0 && shm_unlink(name) == -1 && errno == ENOENT);
	CHECK(fstat(fd, &st) == 0 && st.st_nlink == 0);
	strcpy(map, "still there");
	CHECK(strcmp(map, "still there") == 0);
	return check_status();
}
