/* What the tests of seccomp(2) share: small filters. */
#include "tests.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])
#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define RETURN(action) BPF_STMT(BPF_RET | BPF_K, action)
/* The action for one system call, which the accumulator has the number of. */
#define ON(nr, action) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, nr, 0, 1), RETURN(action)

static inline int install_flags(struct sock_filter *filter, unsigned short length, unsigned flags)
{
	struct sock_fprog program = {length, filter};

	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program);
}

/* Installs a filter with one exception. */
static inline int install_on(int nr, unsigned action)
{
	struct sock_filter filter[] = {LOAD(nr), ON(nr, action), RETURN(SECCOMP_RET_ALLOW)};

	return install_flags(filter, LENGTH(filter), 0);
}

static inline int give_up_privileges(void)
{
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}
