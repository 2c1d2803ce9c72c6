/* si_code, si_pid, si_uid and si_value of kill, tgkill, sigqueue and rt_tgsigqueueinfo. */
#include "tests.h"

static volatile siginfo_t got;

static void handler(int sig, siginfo_t *info, void *context)
{
	(void)context;
	if (sig == info->si_signo)
		memcpy((void *)&got, info, sizeof(*info));
}

int main(void)
{
	struct sigaction action = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO };
	union sigval value = { .sival_int = 77 };
	siginfo_t mine = { .si_code = SI_QUEUE };

	alarm(20);
	sigaction(SIGUSR1, &action, NULL);
	kill(getpid(), SIGUSR1);
	CHECK(got.si_code == SI_USER && got.si_pid == getpid() && got.si_uid == getuid());
	raise(SIGUSR1);
	CHECK(got.si_code == SI_TKILL && got.si_pid == getpid());
	CHECK(sigqueue(getpid(), SIGUSR1, value) == 0);
	CHECK(got.si_code == SI_QUEUE && got.si_value.sival_int == 77 && got.si_pid == getpid());
	mine.si_value.sival_int = 88;
	CHECK(syscall(SYS_rt_tgsigqueueinfo, getpid(), getpid(), SIGUSR1, &mine) == 0);
	CHECK(got.si_code == SI_QUEUE && got.si_value.sival_int == 88);
	CHECK(kill(getpid(), 65) == -1 && errno == EINVAL);
	CHECK(kill(0x3fffffff, 0) == -1 && errno == ESRCH);
	CHECK(kill(getpid(), 0) == 0);
	return check_status();
}
