/* One right each: with its capability an effective user 0 has it, without it not. */
#include "caps.h"

#include <arpa/inet.h>
#include <grp.h>
#include <sys/resource.h>
#include <sys/socket.h>

static pid_t other; /* of another user */

static int kill_it(void)
{
	return kill(other, 0);
}

static int bind_low(void)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons(1)};
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	int result = bind(fd, (void *)&to, sizeof to);
	int error = errno;

	close(fd);
	errno = error == EADDRINUSE ? 0 : error;
	return error == EADDRINUSE ? 0 : result;
}

static int be_nasty(void)
{
	return setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0) - 1);
}

static int raise_limit(void)
{
	struct rlimit low = {0, 0}, higher = {0, 1};

	setrlimit(RLIMIT_NICE, &low);
	return setrlimit(RLIMIT_NICE, &higher);
}

static int change_groups(void)
{
	return setgroups(0, NULL);
}

static int become_user(void)
{
	return setresuid(-1, -1, 4711);
}

static int try(void *argument)
{
	static int (*const calls[])(void) = {kill_it, bind_low, be_nasty, raise_limit, change_groups, become_user};
	static const int needs[] = {CAP_KILL, CAP_NET_BIND_SERVICE, CAP_SYS_NICE, CAP_SYS_RESOURCE, CAP_SETGID, CAP_SETUID};
	int i = *(int *)argument;
	struct caps all;

	EXPECT(get_caps(&all) == 0);
	EXPECT(set_caps(all.effective & ~bit(needs[i]), all.permitted, 0) == 0);
	EXPECT(calls[i]() == -1 && (errno == EPERM || errno == EACCES));
	if (all.permitted & bit(needs[i])) {
		EXPECT(set_caps(bit(needs[i]), all.permitted, 0) == 0);
		EXPECT(calls[i]() == 0);
	}
	return check_failures != 0;
}

static int be_other(void *argument)
{
	char c;

	int *ends = argument;

	if (setuid(4242) || write(ends[1], "", 1) != 1)
		return 1;
	return read(ends[0], &c, 1) != 0;
}

int main(void)
{
	int ends[2], there[2];
	char c;

	alarm(20);
	if (geteuid() || !has(CAP_SETUID) || !has(CAP_KILL))
		return check_status();
	EXPECT(pipe2(ends, O_CLOEXEC) == 0 && pipe2(there, O_CLOEXEC) == 0);
	fflush(stdout);
	other = fork();
	if (other == 0) {
		close(ends[1]);
		_exit(be_other((int[]){ends[0], there[1]}));
	}
	EXPECT(read(there[0], &c, 1) == 1); /* it is of another user now */
	for (int i = 0; i < 6; i++)
		EXPECT(wait_for(start_child(try, &i)) == 0);
	close(ends[1]);
	EXPECT(wait_for(other) == 0);
	return check_status();
}
