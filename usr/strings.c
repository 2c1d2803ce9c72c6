/* The C library's string functions over lengths and alignments (they use SSE code), and conversions. */
#define _GNU_SOURCE
#include <ctype.h>
#include <locale.h>
#include <sys/mman.h>
#include <wchar.h>

#include "check.h"

/* The string ends at the end of a page with nothing behind it: reading past it would fault. */
static void at_the_edge(void)
{
	char *area = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	size_t total = 0;

	mprotect(area + PAGE_SIZE, PAGE_SIZE, PROT_NONE);
	for (size_t length = 0; length < 300; length++) {
		char *s = area + PAGE_SIZE - length - 1;

		memset(s, 'a' + length % 26, length);
		s[length] = 0;
		total += strlen(s) == length;
		total += strchr(s, '#') == NULL;
		total += memchr(s, 0, length + 1) == s + length;
		total += strcmp(s, s) == 0;
		total += strnlen(s, 1000) == length;
		total += rawmemchr(s, 0) == s + length;
	}
	printf("at the edge: %zu of 1800\n", total);
}

static void copies(void)
{
	static char from[8192], to[8192];
	uint64_t sum = 0, state = 1;

	for (size_t i = 0; i < sizeof(from); i++)
		from[i] = (char)next_random(&state);
	for (size_t length = 1; length < 4000; length += length / 7 + 1)
		for (size_t offset = 0; offset < 32; offset += 5) {
			memset(to, 0, sizeof(to));
			memcpy(to + offset, from + 31 - offset, length);
			sum = checksum(sum, to, sizeof(to));
			memmove(to + offset + 3, to + offset, length);
			sum = checksum(sum, to, offset + length + 8);
			sum += memcmp(to + offset + 3, from + 31 - offset, length) != 0;
		}
	printf("copies: %016lx\n", sum);
}

static void searches(void)
{
	char text[] = "the quick brown fox jumps over the lazy dog, the end";
	char *rest = text, *word;
	int count = 0;

	CHECK(strstr(text, "lazy dog") - text == 35);
	CHECK(strrchr(text, 't') - text == 45);
	CHECK(strspn(text, "eht ") == 4 && strcspn(text, "qx") == 4);
	CHECK(strcasecmp("HeLLo", "hEllO") == 0 && strncmp("abcd", "abce", 3) == 0);
	CHECK(memmem(text, sizeof(text), "fox", 3) == text + 16);
	while ((word = strsep(&rest, " ,")) != NULL)
		count += *word != 0;
	CHECK(count == 11);
}

static void conversions(void)
{
	char *end;

	printf("%ld %lu %ld\n", strtol("-1234xyz", &end, 10), strtoul("0xffffffffffffffff", NULL, 0), strtol("777", NULL, 8));
	CHECK(strcmp(end, "xyz") == 0);
	errno = 0;
	CHECK(strtol("999999999999999999999", NULL, 10) == INT64_MAX && errno == ERANGE);
	printf("%s %s\n", strerror(ENOENT), strsignal(11));
	printf("%ls %zu\n", L"wide text", wcslen(L"wide"));
	CHECK(toupper('q') == 'Q' && isspace('\t') && !isdigit('a'));
	printf("%s\n", setlocale(LC_ALL, "C"));
}

int main(void)
{
	at_the_edge();
	copies();
	searches();
	conversions();
	return check_status();
}
