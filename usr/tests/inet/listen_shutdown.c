/* shutdown(2) of a listener wakes accept(2) with EINVAL; it can listen again. */
#include "inet.h"

static int accepts(void *argument)
{
	return accept(*(int *)argument, NULL, NULL) == -1 && errno == EINVAL ? 0 : 1;
}

int main(void)
{
	int listener = listener4(1);
	pid_t child;

	alarm(20);
	child = start_child(accepts, &listener);
	CHECK(shutdown(listener, SHUT_RD) == 0);
	CHECK(wait_for(child) == 0);
	CHECK(int_option(listener, SOL_SOCKET, SO_ACCEPTCONN) == 0);
	CHECK(listen(listener, 1) == 0 && int_option(listener, SOL_SOCKET, SO_ACCEPTCONN) == 1);
	return check_status();
}
