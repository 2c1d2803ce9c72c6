/* main() of a class of tests: runs the test that the first argument names. The table is made by the Makefile. */
#include <stdio.h>
#include <string.h>

typedef int (*test_function)(int argc, char **argv);

struct test_entry {
	const char *name;
	test_function function;
};

extern const struct test_entry test_table[];
const char *test_class;

int main(int argc, char **argv)
{
	const struct test_entry *entry;

	test_class = argv[0];
	for (entry = test_table; entry->name; entry++) {
		if (argc < 2)
			puts(entry->name);
		else if (strcmp(argv[1], entry->name) == 0)
			return entry->function(argc - 1, argv + 1);
	}
	if (argc < 2)
		return 0;
	fprintf(stderr, "no test %s\n", argv[1]);
	return 2;
}
