/* timer_create(2): signal and value, one-shot and repeated, gettime, SIGEV_NONE, deletion, errors. */
#include "tests.h"

static volatile int fired, value, code, id;

static void handler(int sig, siginfo_t *info, void *context)
{
	(void)sig;
	(void)context;
	fired++;
	value = info->si_value.sival_int;
	code = info->si_code;
	id = info->si_timerid;
}

int main(void)
{
	struct sigaction action = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO };
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN, .sigev_value.sival_int = 321 };
	struct itimerspec once = { .it_value = { 0, 5000000 } }, often = { { 0, 2000000 }, { 0, 2000000 } }, now, off = { 0 };
	struct itimerspec bad = { .it_value = { 0, 1000000000 } }, past = { .it_value = { 0, 1 } };
	timer_t timer;
	int kernel_id;

	alarm(20);
	sigaction(SIGRTMIN, &action, NULL);
	CHECK(syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &kernel_id) == 0);
	CHECK(syscall(SYS_timer_settime, kernel_id, 0, &once, NULL) == 0);
	while (!fired)
		usleep(500);
	CHECK(value == 321 && code == SI_TIMER && id == kernel_id);
	CHECK(syscall(SYS_timer_gettime, kernel_id, &now) == 0);
	CHECK(now.it_value.tv_sec == 0 && now.it_value.tv_nsec == 0);
	CHECK(syscall(SYS_timer_settime, kernel_id, 0, &often, NULL) == 0);
	while (fired < 5)
		usleep(500);
	CHECK(syscall(SYS_timer_settime, kernel_id, 0, &off, &now) == 0);
	CHECK(now.it_interval.tv_nsec == 2000000);
	CHECK(syscall(SYS_timer_settime, kernel_id, 0, &bad, NULL) == -1 && errno == EINVAL);
	fired = 0;
	CHECK(syscall(SYS_timer_settime, kernel_id, TIMER_ABSTIME, &past, NULL) == 0);
	while (!fired)
		usleep(500);
	CHECK(syscall(SYS_timer_delete, kernel_id) == 0);
	CHECK(syscall(SYS_timer_delete, kernel_id) == -1 && errno == EINVAL);
	CHECK(syscall(SYS_timer_gettime, 12345, &now) == -1 && errno == EINVAL);
	CHECK(timer_create(99, &event, &timer) == -1 && errno == EINVAL);
	event.sigev_notify = SIGEV_NONE;
	CHECK(timer_create(CLOCK_REALTIME, &event, &timer) == 0);
	CHECK(timer_settime(timer, 0, &often, NULL) == 0);
	CHECK(timer_gettime(timer, &now) == 0 && (now.it_value.tv_nsec > 0) && now.it_value.tv_nsec <= 2000000);
	CHECK(timer_delete(timer) == 0);
	return check_status();
}
