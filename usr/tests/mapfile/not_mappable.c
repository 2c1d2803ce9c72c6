/* Pipes and directories cannot be mapped. */
#include "map.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-not_mappable");

	int pipes[2];

	CHECK(pipe(pipes) == 0);
	CHECK(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, pipes[0], 0) == MAP_FAILED && (errno == ENODEV || errno == EACCES));
	int directory = open(".", O_RDONLY | O_DIRECTORY);
	CHECK(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, directory, 0) == MAP_FAILED && errno == ENODEV);
	return check_status();
}
