/* Programs with the set-user-ID and set-group-ID bits: ids, AT_SECURE, and PR_SET_NO_NEW_PRIVS that forbids them. */
#include "caps.h"

#include <sys/auxv.h>
#include <sys/stat.h>

static void copy_self(const char *to)
{
	char buffer[65536];
	int in = open("/proc/self/exe", O_RDONLY), out = open(to, O_CREAT | O_WRONLY | O_TRUNC, 0700);
	ssize_t n;

	while ((n = read(in, buffer, sizeof buffer)) > 0)
		if (write(out, buffer, n) != n)
			break;
	EXPECT(n == 0);
	close(in);
	close(out);
}

static int run(void *argument)
{
	char *argv[] = {(char *)test_class, "set_id_program", argument, NULL};

	if (!strcmp(argument, "forbidden"))
		EXPECT(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
	EXPECT(setgid(1001) == 0 && setuid(1001) == 0);
	execv("./program", argv);
	return 9;
}

static int after(const char *what)
{
	int is_given = !strcmp(what, "given");
	uid_t real, effective, saved;

	EXPECT(getresuid(&real, &effective, &saved) == 0);
	EXPECT(real == 1001 && effective == (is_given ? 2002u : 1001u) && saved == effective);
	EXPECT(getgid() == 1001 && getegid() == (is_given ? 3003u : 1001u));
	EXPECT(getauxval(AT_SECURE) == (unsigned long)is_given);
	EXPECT(getauxval(AT_UID) == 1001 && getauxval(AT_EUID) == effective);
	EXPECT(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == !is_given);
	return check_failures != 0;
}

int main(int argc, char **argv)
{
	if (argc > 1)
		return after(argv[1]);
	enter_scratch("cred-set_id_program");
	if (geteuid() == 0 && has(CAP_SETUID) && has(CAP_CHOWN)) {
		EXPECT(chmod(".", 0755) == 0);
		copy_self("program");
		EXPECT(chown("program", 2002, 3003) == 0);
		EXPECT(chmod("program", 06755) == 0);
		EXPECT(wait_for(start_child(run, "given")) == 0);
		EXPECT(wait_for(start_child(run, "forbidden")) == 0);
		unlink("program");
	}
	return check_status();
}
