/* stdio: formats, buffering in all modes, scanning, and files through FILE. Also writes to stderr, unbuffered. */
#define _GNU_SOURCE
#include <stdarg.h>

#include "check.h"

static void formats(void)
{
	printf("[%d] [%5d] [%-5d] [%05d] [%+d] [%x] [%#X] [%o] [%c] [%%]\n", 42, 42, 42, 42, 42, 48879, 48879, 8, 'z');
	printf("[%s] [%10s] [%-10s] [%.2s] [%*d]\n", "text", "right", "left", "cut off", 6, 7);
	printf("[%ld] [%lld] [%lu] [%zu] [%hhd] [%hd]\n", -1L, INT64_MIN + 0LL, ~0UL, (size_t)7, (signed char)300, (short)70000);
	printf("[%p]\n", (void *)0);
	printf("[%m]\n");
}

static void files(void)
{
	FILE *file = fopen("stdio.txt", "w+");
	char line[100], *grown = NULL;
	size_t size = 0;
	int a = 0, b = 0;

	if (!file)
		check_fatal("fopen");
	for (int i = 0; i < 1000; i++)
		fprintf(file, "line %d of %d\n", i, 1000);
	CHECK(ftell(file) == 16890);
	rewind(file);
	for (int i = 0; i < 500; i++)
		if (!fgets(line, sizeof(line), file))
			break;
	CHECK(strcmp(line, "line 499 of 1000\n") == 0);
	CHECK(fscanf(file, "line %d of %d", &a, &b) == 2 && a == 500 && b == 1000);
	CHECK(fseek(file, -17, SEEK_END) == 0 && getline(&grown, &size, file) == 17);
	CHECK(fgetc(file) == EOF && feof(file) && !ferror(file));
	CHECK(ungetc('u', file) == 'u' && fgetc(file) == 'u');
	CHECK(fclose(file) == 0);
	file = fopen("stdio.txt", "a");
	CHECK(file && fputs("appended\n", file) >= 0 && ftell(file) == 16899 && fclose(file) == 0);
	CHECK(fopen("no/such/file", "r") == NULL && errno == ENOENT);
	CHECK(remove("stdio.txt") == 0);
	free(grown);
}

static void memory_streams(void)
{
	const char *volatile words = "truncated";
	char *text = NULL, buffer[32];
	size_t size = 0;
	FILE *stream = open_memstream(&text, &size);

	fprintf(stream, "%s-%d", "memory", 1);
	fclose(stream);
	CHECK(size == 8 && strcmp(text, "memory-1") == 0);
	free(text);
	CHECK(snprintf(buffer, 5, "%s", words) == 9 && strcmp(buffer, "trun") == 0);
	CHECK(asprintf(&text, "%0100d", 5) == 100);
	free(text);
}

int main(void)
{
	enter_scratch("stdio");
	formats();
	files();
	memory_streams();
	fprintf(stderr, "to stderr %d\n", 1);
	perror("perror says");
	setvbuf(stdout, NULL, _IONBF, 0);
	printf("one byte");
	printf(" at a time\n");
	for (int i = 0; i < 3000; i++)
		fprintf(stderr, i % 100 == 99 ? ".\n" : ".");
	return check_status();
}
