#include "file.h"

static int held;

static int inherited(void *unused)
{
	(void)unused;
	int other = open("f", O_RDWR);

	return !(flock(held, LOCK_EX | LOCK_NB) == 0 && flock(other, LOCK_EX | LOCK_NB) == -1 && errno == EWOULDBLOCK);
}

static int waiter(void *unused)
{
	(void)unused;
	close(held);
	int other = open("f", O_RDWR);

	return !(flock(other, LOCK_EX) == 0 && write(other, "mine", 4) == 4);
}

/* flock(2): a child shares its parent's lock, and waits for another's. */
int main(void)
{
	enter_empty("flock_fork");
	put("f", "");
	held = open("f", O_RDWR);
	CHECK(flock(held, LOCK_EX) == 0);
	CHECK(wait_for(start_child(inherited, NULL)) == 0);
	pid_t child = start_child(waiter, NULL);
	CHECK(flock(held, LOCK_UN) == 0);
	CHECK(wait_for(child) == 0);
	CHECK(holds("f", "mine"));
	return check_status();
}
