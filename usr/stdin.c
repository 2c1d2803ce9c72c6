/* Reads standard input to its end in the way the argument says (bytes, lines, blocks) and prints what it got. */
#include "check.h"

int main(int argc, char **argv)
{
	const char *how = argc > 1 ? argv[1] : "blocks";
	size_t bytes = 0, lines = 0;
	uint64_t sum = 0;
	char block[5000];

	if (strcmp(how, "bytes") == 0) {
		int c;

		while ((c = getchar()) != EOF) {
			block[0] = (char)c;
			sum = checksum(sum, block, 1);
			bytes++;
			lines += c == '\n';
		}
	} else if (strcmp(how, "lines") == 0) {
		while (fgets(block, sizeof(block), stdin)) {
			printf("%zu: %s", ++lines, block);
			bytes += strlen(block);
		}
	} else {
		ssize_t n;

		while ((n = read(0, block, sizeof(block))) > 0) {
			for (ssize_t i = 0; i < n; i++)
				sum = checksum(sum, block + i, 1);
			bytes += n;
		}
	}
	printf("%zu bytes, %zu lines, %016lx\n", bytes, lines, sum);
	return 0;
}
