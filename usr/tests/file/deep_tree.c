#include "file.h"

/* A hundred directories in each other. */
int main(void)
{
	int depth = 0;
	enter_empty("deep_tree");
	while (depth < 100 && mkdir("d", 0755) == 0 && chdir("d") == 0)
		depth++;
	CHECK(depth == 100 && put("f", "bottom") == 6);
	while (depth > 0 && chdir("..") == 0)
		depth--;
	char path[300] = "";
	for (int i = 0; i < 100; i++)
		strcat(path, "d/");
	strcat(path, "f");
	CHECK(holds(path, "bottom"));
	return check_status();
}
