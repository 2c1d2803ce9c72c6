/* What seccomp and prctl(PR_SET_SECCOMP) refuse. */
#include "filter.h"

int main(void)
{
	struct sock_filter endless[] = {LOAD(nr)};
	struct sock_filter beyond[] = {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, sizeof(struct seccomp_data)), RETURN(0)};
	struct sock_filter bytes[] = {BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 0), RETURN(0)};
	struct sock_filter jump[] = {BPF_STMT(BPF_JMP | BPF_JA, 1), RETURN(0)};
	struct sock_filter unwritten[] = {BPF_STMT(BPF_LD | BPF_MEM, 3), RETURN(0)};
	struct sock_filter zero[] = {BPF_STMT(BPF_ALU | BPF_DIV | BPF_K, 0), RETURN(0)};
	struct sock_filter good[] = {RETURN(SECCOMP_RET_ALLOW)};
	struct sock_fprog program = {0, good};
	unsigned action = SECCOMP_RET_ERRNO;

	CHECK(give_up_privileges() == 0);
	CHECK(install_flags(endless, LENGTH(endless), 0) == -1 && errno == EINVAL);
	CHECK(install_flags(beyond, LENGTH(beyond), 0) == -1 && errno == EINVAL);
	CHECK(install_flags(bytes, LENGTH(bytes), 0) == -1 && errno == EINVAL);
	CHECK(install_flags(jump, LENGTH(jump), 0) == -1 && errno == EINVAL);
	CHECK(install_flags(unwritten, LENGTH(unwritten), 0) == -1 && errno == EINVAL);
	CHECK(install_flags(zero, LENGTH(zero), 0) == -1 && errno == EINVAL);
	CHECK(install_flags(good, 0, 0) == -1 && errno == EINVAL);
	CHECK(install_flags(good, 1, 1 << 20) == -1 && errno == EINVAL);
	CHECK(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, NULL) == -1 && errno == EFAULT);
	program.len = 1;
	program.filter = nowhere;
	CHECK(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == -1 && errno == EFAULT);
	CHECK(syscall(SYS_seccomp, 99, 0, NULL) == -1 && errno == EINVAL);
	CHECK(syscall(SYS_seccomp, SECCOMP_SET_MODE_STRICT, 1, NULL) == -1 && errno == EINVAL);
	CHECK(prctl(PR_SET_SECCOMP, 9, NULL) == -1 && errno == EINVAL);
	CHECK(syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0);
	action = 0x12340000;
	CHECK(syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == -1 && errno == EOPNOTSUPP);
	CHECK(prctl(PR_GET_SECCOMP) == 0);
	CHECK(install_flags(good, 1, SECCOMP_FILTER_FLAG_LOG) == 0);
	CHECK(syscall(SYS_seccomp, SECCOMP_SET_MODE_STRICT, 0, NULL) == -1 && errno == EINVAL);
	return check_status();
}
