/* exec [DEPTH]: the program executes itself with other arguments until the depth is reached; what must survive does. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <sys/syscall.h>

#include "check.h"

extern char **environ;

static void first_generation(void)
{
	sigset_t set;
	int fd;

	enter_scratch("exec");
	SHOW(execl("./missing", "missing", NULL));
	SHOW(execl("/", "directory", NULL));
	fd = open("not-elf", O_WRONLY | O_CREAT | O_TRUNC, 0755);
	CHECK(write(fd, "\177ELF but not really", 20) == 20);
	close(fd);
	SHOW(execl("./not-elf", "not-elf", NULL));
	chmod("not-elf", 0644);
	SHOW(execl("./not-elf", "not-elf", NULL));
	unlink("not-elf");
	SHOW(syscall(SYS_execve, nowhere, NULL, NULL));
	/* What the next generation finds: */
	CHECK(open("kept", O_RDWR | O_CREAT | O_TRUNC, 0600) == 3 && write(3, "kept", 4) == 4);
	CHECK(open("closed", O_RDWR | O_CREAT | O_CLOEXEC, 0600) == 4);
	signal(SIGUSR1, SIG_IGN);
	signal(SIGUSR2, (void (*)(int))first_generation);
	sigemptyset(&set);
	sigaddset(&set, SIGALRM);
	sigprocmask(SIG_SETMASK, &set, NULL);
	umask(027);
}

static void check_inheritance(void)
{
	struct sigaction action;
	char buffer[8] = { 0 }, cwd[1000];
	sigset_t set;

	CHECK(pread(3, buffer, 8, 0) == 4 && strcmp(buffer, "kept") == 0);
	CHECK(fcntl(4, F_GETFD) == -1 && errno == EBADF);
	CHECK(sigaction(SIGUSR1, NULL, &action) == 0 && action.sa_handler == SIG_IGN);
	CHECK(sigaction(SIGUSR2, NULL, &action) == 0 && action.sa_handler == SIG_DFL);
	CHECK(sigprocmask(0, NULL, &set) == 0 && sigismember(&set, SIGALRM) && !sigismember(&set, SIGUSR1));
	CHECK(getcwd(cwd, sizeof(cwd)) && strcmp(strrchr(cwd, '/'), "/exec") == 0);
	CHECK(umask(022) == 027 && umask(027) == 022);
}

int main(int argc, char **argv)
{
	int depth = (int)argument(argc, argv, 1, 3), generation = (int)argument(argc, argv, 2, 0);
	char self[4096], depth_text[16], generation_text[16], pid_text[16];
	ssize_t length = readlink("/proc/self/exe", self, sizeof(self) - 1);
	char *arguments[] = { argv[0], depth_text, generation_text, pid_text, NULL };
	char *environment[] = { "LEGO_GENERATION=next", NULL };

	if (length < 0)
		check_fatal("readlink /proc/self/exe");
	self[length] = 0;
	printf("generation %d: %d arguments, environment %s\n", generation, argc,
	       getenv("LEGO_GENERATION") ? getenv("LEGO_GENERATION") : "first");
	if (generation == 0)
		first_generation();
	else {
		CHECK(atoi(argv[3]) == getpid());
		check_inheritance();
	}
	if (generation < depth && !check_failures) {
		snprintf(depth_text, sizeof(depth_text), "%d", depth);
		snprintf(generation_text, sizeof(generation_text), "%d", generation + 1);
		snprintf(pid_text, sizeof(pid_text), "%d", getpid());
		fflush(stdout);
		execve(self, arguments, environment);
		check_fatal("execve");
	}
	return check_status();
}
