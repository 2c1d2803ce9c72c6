/*
 * The calls of fuzzsame.c. Each letter of a shape is an argument:
 *   f descriptor  D directory descriptor  p path  b memory that the call writes  w memory that it reads  n length of the last b, w or v
 *   v array of iovec, filled in  r memory with random words, for any structure  t timespec  a socket address  l socket address length
 *   L pointer to such a length  k signal set  g its size  x flags out of the row's mask, or any  z small number  i any number
 *   P process  c ioctl  o file offset  O pointer to one  s signal number  A address of pages that may go  0 nothing
 * compared: 1 also what the call wrote, besides its result; 2 no more than whether it succeeded.
 */
#pragma once
#define _GNU_SOURCE
#include <sys/syscall.h>

struct row {
	short number;
	const char *name;
	const char *shape;
	unsigned flags;
	char compared;
};

#define CALL(name, shape, flags, compared) {SYS_##name, #name, shape, flags, compared}

static const struct row rows[] = {
	CALL(read, "fbn", 0, 1), CALL(write, "fwn", 0, 0), CALL(readv, "fvn", 0, 1), CALL(writev, "fvn", 0, 0),
	CALL(pread64, "fbno", 0, 1), CALL(pwrite64, "fwno", 0, 0), CALL(preadv, "fvno", 0, 1), CALL(pwritev, "fvno", 0, 0),
	CALL(preadv2, "fvno0x", 0x1f, 1), CALL(pwritev2, "fvno0x", 0x1f, 0),
	CALL(lseek, "foz", 0, 0), CALL(close, "f", 0, 0), CALL(dup, "f", 0, 0), CALL(dup2, "ff", 0, 0), CALL(dup3, "ffx", 02000000, 0),
	CALL(open, "pxz", 0x7ffffff, 0), CALL(openat, "Dpxz", 0x7ffffff, 0), CALL(creat, "pz", 0, 0), CALL(openat2, "Dprg", 0, 0),
	CALL(stat, "pr", 0, 0), CALL(fstat, "fr", 0, 0), CALL(lstat, "pr", 0, 0), CALL(newfstatat, "Dprx", 0x1900, 0),
	CALL(statx, "Dpxxr", 0x7900, 0), CALL(statfs, "pr", 0, 0), CALL(fstatfs, "fr", 0, 0), CALL(access, "pz", 0, 0),
	CALL(faccessat, "Dpz", 0, 0), CALL(faccessat2, "Dpzx", 0x1300, 0), CALL(getdents64, "fbn", 0, 0),
	CALL(mkdir, "pz", 0, 0), CALL(mkdirat, "Dpz", 0, 0), CALL(rmdir, "p", 0, 0), CALL(unlink, "p", 0, 0), CALL(unlinkat, "Dpx", 0x200, 0),
	CALL(rename, "pp", 0, 0), CALL(renameat, "DpDp", 0, 0), CALL(renameat2, "DpDpx", 7, 0), CALL(link, "pp", 0, 0),
	CALL(linkat, "DpDpx", 0x1400, 0), CALL(symlink, "pp", 0, 0), CALL(symlinkat, "pDp", 0, 0), CALL(readlink, "pbn", 0, 1),
	CALL(readlinkat, "Dpbn", 0, 1), CALL(chmod, "pz", 0, 0), CALL(fchmodat, "Dpz", 0, 0),
	CALL(mknod, "px0", 0110777, 0), CALL(mknodat, "Dpx0", 0110777, 0), CALL(chdir, "p", 0, 0), CALL(fchdir, "f", 0, 0),
	CALL(truncate, "po", 0, 0), CALL(ftruncate, "fo", 0, 0), CALL(fallocate, "fxoo", 0x7b, 0), CALL(fsync, "f", 0, 0),
	CALL(fdatasync, "f", 0, 0), CALL(sync_file_range, "foox", 7, 0), CALL(readahead, "fon", 0, 0), CALL(fadvise64, "fooz", 0, 0),
	CALL(utimensat, "Dptx", 0x1100, 0), CALL(utime, "pr", 0, 0), CALL(utimes, "pr", 0, 0), CALL(futimesat, "Dpr", 0, 0),
	CALL(setxattr, "ppwnz", 0, 0), CALL(fsetxattr, "fpwnz", 0, 0), CALL(getxattr, "ppbn", 0, 0), CALL(fgetxattr, "fpbn", 0, 0),
	CALL(listxattr, "pbn", 0, 0), CALL(flistxattr, "fbn", 0, 0), CALL(removexattr, "pp", 0, 0),
	CALL(fcntl, "fzi", 0, 0), CALL(fcntl, "fxz", 0x407, 0), CALL(flock, "fz", 0, 0), CALL(ioctl, "fcr", 0, 0), CALL(ioctl, "fir", 0, 0),
	CALL(sendfile, "ffOn", 0, 0), CALL(splice, "fOfOnx", 15, 0), CALL(tee, "ffnx", 15, 0), CALL(vmsplice, "fvnx", 15, 0),
	CALL(copy_file_range, "fOfOn0", 0, 0), CALL(pipe, "r", 0, 0), CALL(pipe2, "rx", 02004000, 0),
	CALL(poll, "rzz", 0, 0), CALL(ppoll, "rztkg", 0, 0), CALL(select, "zrrrt", 0, 0), CALL(pselect6, "zrrrt0", 0, 0),
	CALL(epoll_create, "i", 0, 0), CALL(epoll_create1, "x", 02000000, 0), CALL(epoll_ctl, "fzfr", 0, 0), CALL(epoll_wait, "fbzz", 0, 0),
	CALL(epoll_pwait, "fbzzkg", 0, 0), CALL(epoll_pwait2, "fbztkg", 0, 0), CALL(eventfd, "i", 0, 0), CALL(eventfd2, "ix", 02004001, 0),
	CALL(timerfd_create, "zx", 02004000, 0), CALL(timerfd_settime, "fxrr", 3, 0), CALL(timerfd_gettime, "fr", 0, 0),
	CALL(signalfd, "fkg", 0, 0), CALL(signalfd4, "fkgx", 02004000, 0), CALL(inotify_init1, "x", 02004000, 0),
	CALL(inotify_add_watch, "fpx", 0xf7000fff, 0), CALL(inotify_rm_watch, "fz", 0, 0), CALL(memfd_create, "px", 7, 0),
	CALL(socket, "zxz", 02004007, 0), CALL(socketpair, "zxzr", 02004007, 0), CALL(bind, "fal", 0, 0), CALL(connect, "fal", 0, 0),
	CALL(listen, "fi", 0, 0), CALL(accept, "frL", 0, 0), CALL(accept4, "frLx", 02004000, 0), CALL(getsockname, "frL", 0, 0),
	CALL(getpeername, "frL", 0, 0), CALL(sendto, "fwnxal", 0x4040c0f, 0), CALL(recvfrom, "fbnxrL", 0x4000017b, 0),
	CALL(sendmsg, "frx", 0x4040c0f, 0), CALL(recvmsg, "frx", 0x4000017b, 0), CALL(sendmmsg, "frzx", 0x4040c0f, 0),
	CALL(recvmmsg, "frzxt", 0x4000017b, 0), CALL(shutdown, "fz", 0, 0), CALL(setsockopt, "fzzwl", 0, 0), CALL(getsockopt, "fzzbL", 0, 0),
	CALL(mmap, "Anzxfo", 0x2122, 2), CALL(mprotect, "Anz", 0, 0), CALL(munmap, "An", 0, 0), CALL(mremap, "Annz0", 0, 2), CALL(msync, "Anz", 0, 0),
	CALL(madvise, "Anz", 0, 0), CALL(mincore, "Anr", 0, 0), CALL(mlock, "An", 0, 0), CALL(munlock, "An", 0, 0), CALL(mlock2, "Anx", 1, 0),
	CALL(rt_sigaction, "srrg", 0, 0), CALL(rt_sigprocmask, "zkrg", 0, 1), CALL(rt_sigpending, "rg", 0, 1), CALL(rt_sigtimedwait, "krtg", 0, 0),
	CALL(sigaltstack, "r0", 0, 0), CALL(nanosleep, "tr", 0, 0), CALL(clock_nanosleep, "zxtr", 1, 0), CALL(clock_gettime, "ir", 0, 0),
	CALL(clock_getres, "ir", 0, 1), CALL(gettimeofday, "rr", 0, 0), CALL(time, "r", 0, 2), CALL(times, "r", 0, 2), CALL(getitimer, "zr", 0, 0),
	CALL(timer_create, "zrr", 0, 0), CALL(timer_gettime, "zr", 0, 0),
	CALL(timer_getoverrun, "z", 0, 0), CALL(timer_delete, "z", 0, 0), CALL(getrlimit, "zr", 0, 0), CALL(prlimit64, "0z0r", 0, 0),
	CALL(getrusage, "ir", 0, 0), CALL(sysinfo, "r", 0, 0), CALL(uname, "r", 0, 0), CALL(getrandom, "bnx", 7, 0), CALL(getcpu, "rrr", 0, 0),
	CALL(futex, "rx0trz", 0x18f, 2), CALL(sched_getaffinity, "0nr", 0, 0), CALL(sched_getparam, "0r", 0, 0), CALL(sched_getscheduler, "P", 0, 0),
	CALL(sched_get_priority_max, "i", 0, 1), CALL(sched_rr_get_interval, "Pr", 0, 0), CALL(sched_getattr, "0rgx", 1, 0),
	CALL(getpriority, "zP", 0, 0), CALL(waitid, "zPrxr", 0x2000000f, 0),
	CALL(wait4, "Prxr", 0x2000000f, 0), CALL(pidfd_open, "Px", 0x880, 0), CALL(pidfd_send_signal, "fsrz", 0, 0), CALL(pidfd_getfd, "ffz", 0, 0),
	CALL(process_vm_readv, "Pvnvn0", 0, 0), CALL(getgroups, "zr", 0, 0), CALL(getpgid, "P", 0, 0), CALL(getsid, "P", 0, 0),
	CALL(capget, "rr", 0, 0), CALL(get_robust_list, "Prr", 0, 0), CALL(membarrier, "xz", 0x3ff, 0),
	
	CALL(mq_timedsend, "fwnzt", 0, 0), CALL(mq_timedreceive, "fbnrt", 0, 0), CALL(mq_getsetattr, "frr", 0, 0),
	CALL(name_to_handle_at, "Dprrx", 0x1400, 0), CALL(close_range, "xxz", 0xffc0, 0),
};

enum { ROWS = sizeof(rows) / sizeof(*rows) };
