/* A filter sees arguments (both halves), architecture and instruction pointer, and can compute. */
#include "filter.h"

int main(void)
{
	struct sock_filter by_argument[] = {
		LOAD(nr),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_kill, 0, 8),
		LOAD(args[1]),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 1234, 0, 6),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[2]) + 4),
		BPF_STMT(BPF_ST, 2),
		BPF_STMT(BPF_LDX | BPF_MEM, 2),
		LOAD(args[2]),
		BPF_STMT(BPF_ALU | BPF_ADD | BPF_X, 0),
		BPF_STMT(BPF_RET | BPF_A, 0),
		RETURN(SECCOMP_RET_ALLOW),
	};
	struct sock_filter by_arch[] = {
		LOAD(arch),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 1, 0),
		RETURN(SECCOMP_RET_KILL_PROCESS),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, instruction_pointer)),
		BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 0xffffffff, 1, 0),
		RETURN(SECCOMP_RET_KILL_PROCESS),
		BPF_STMT(BPF_LD | BPF_W | BPF_LEN, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, sizeof(struct seccomp_data), 1, 0),
		RETURN(SECCOMP_RET_KILL_PROCESS),
		RETURN(SECCOMP_RET_ALLOW),
	};

	CHECK(give_up_privileges() == 0);
	CHECK(install_flags(by_arch, LENGTH(by_arch), 0) == 0);
	CHECK(install_flags(by_argument, LENGTH(by_argument), 0) == 0);
	CHECK(kill(getpid(), 0) == 0);
	CHECK(syscall(SYS_kill, getpid(), 1234, ((unsigned long)SECCOMP_RET_ERRNO << 32) + 18) == -1 && errno == 18);
	CHECK(syscall(SYS_kill, getpid(), 1234, ((unsigned long)SECCOMP_RET_ERRNO << 32) + 19) == -1 && errno == 19);
	return check_status();
}
