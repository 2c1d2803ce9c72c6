#include "file.h"

/* Names of 255 bytes, paths of 4095. */
int main(void)
{
	static char name[300], path[5000];
	enter_empty("long_paths");
	memset(name, 'n', 255);
	CHECK(put(name, "x") == 1 && holds(name, "x"));
	name[255] = 'n';
	FAILS(open(name, O_CREAT | O_RDWR, 0644), ENAMETOOLONG);
	FAILS(mkdir(name, 0755), ENAMETOOLONG);
	memset(path, '/', 4095);
	path[0] = '.';
	path[4094] = '.';
	CHECK(access(path, F_OK) == 0);
	memset(path, '/', 4096);
	path[0] = '.';
	path[4095] = '.';
	FAILS(access(path, F_OK), ENAMETOOLONG);
	return check_status();
}
