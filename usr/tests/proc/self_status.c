/* /proc/self/status: name, ids, memory, signals, threads. */
#include "text.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;

	char *text = text_of("/proc/self/status");

	CHECK(field_of(text, "Pid:") == getpid());
	CHECK(field_of(text, "Tgid:") == getpid());
	CHECK(field_of(text, "PPid:") == getppid());
	CHECK(field_of(text, "Uid:") == (long)getuid());
	CHECK(field_of(text, "Gid:") == (long)getgid());
	CHECK(field_of(text, "Threads:") == 1);
	CHECK(field_of(text, "VmSize:") > 0);
	CHECK(field_of(text, "VmRSS:") > 0);
	CHECK(strstr(text, "State:\tR (running)") != NULL);
	CHECK(strstr(text, "SigCgt:") != NULL && strstr(text, "CapEff:") != NULL);
	CHECK(strncmp(text, "Name:\t", 6) == 0);
	return check_status();
}
