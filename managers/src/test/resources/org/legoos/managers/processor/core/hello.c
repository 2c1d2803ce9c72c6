// The smallest useful program: arguments, standard streams, exit code.
#include <stdio.h>
int main(int argc, char **argv) {
    char line[100];
    printf("hello %d %s\n", argc, argv[1]);
    if (fgets(line, sizeof line, stdin)) printf("got %s", line);
    fprintf(stderr, "to stderr\n");
    return 42;
}
