/* exit CODE: atexit handlers, constructors, destructors, thread-local storage; then the exit status. */
#include "check.h"

static __thread int local_value = 41;
static __thread char local_zero[5000];

__attribute__((constructor)) static void before_main(void)
{
	puts("constructor");
}

__attribute__((destructor)) static void after_main(void)
{
	puts("destructor");
}

static void first(void) { puts("registered first"); }
static void second(void) { puts("registered second"); }

int main(int argc, char **argv)
{
	int code = (int)argument(argc, argv, 1, 0);

	atexit(first);
	atexit(second);
	local_value++;
	printf("main, thread-local %d %d, aligned %d\n", local_value, local_zero[4999], ((uintptr_t)&local_value & 3) == 0);
	if (argc > 2) {
		fflush(stdout);
		_exit(code); /* at once: no handler runs */
	}
	exit(code);
}
