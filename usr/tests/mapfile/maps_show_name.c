/* /proc/self/maps names a mapped file, also when it is renamed and when it is removed. */
#include "map.h"

static int maps_has(const char *text)
{
	static char all[65536];
	int fd = open("/proc/self/maps", O_RDONLY);
	int n = 0, got;

	while ((got = read(fd, all + n, sizeof(all) - 1 - n)) > 0)
		n += got;
	close(fd);
	all[n] = 0;
	return strstr(all, text) != NULL;
}

int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-maps_show_name");

	int fd = file_of("first_name", PAGE, 'a');
	char *at = map(fd, PAGE, PROT_READ, MAP_SHARED);

	close(fd);
	CHECK(at[0] == 'a' && maps_has("mapfile-maps_show_name/first_name\n"));
	CHECK(rename("first_name", "second_name") == 0);
	CHECK(maps_has("mapfile-maps_show_name/second_name\n") && !maps_has("first_name"));
	CHECK(unlink("second_name") == 0 && maps_has("/second_name (deleted)\n"));
	return check_status();
}
