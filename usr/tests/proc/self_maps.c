/* /proc/self/maps: well-formed lines in order, among them program, heap and stack. */
#include "text.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;

	char *text = text_of("/proc/self/maps");
	unsigned long last = 0;
	int lines = 0;
	int wrong = 0;

	free(malloc(100));
	text = text_of("/proc/self/maps");
	CHECK(strstr(text, "[stack]") != NULL);
	CHECK(strstr(text, "r-xp") != NULL);
	for (char *line = text; *line; lines++) {
		unsigned long start, end, offset;
		char rights[5];

		wrong += sscanf(line, "%lx-%lx %4s %lx", &start, &end, rights, &offset) != 4;
		wrong += start < last || end <= start || start % 4096 != 0 || end % 4096 != 0;
		last = end;
		line = strchr(line, '\n');
		if (line == NULL)
			break;
		line++;
	}
	CHECK(lines > 3 && wrong == 0);
	return check_status();
}
