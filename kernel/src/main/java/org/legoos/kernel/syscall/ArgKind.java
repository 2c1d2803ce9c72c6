package org.legoos.kernel.syscall;

/** What an argument of a system call is, for strace. Names as in syscalls.tbl and flags.tbl, in lower case there. */
public enum ArgKind {
    INT, UINT, SIZE, OFF, HEX, PTR, FD, DIRFD, FDPAIR, MODE,
    /** A NUL-terminated string. */
    PATH,
    /** A string that the call writes. */
    OUTSTR,
    /** A buffer that the call reads; its length is the next argument. */
    IN,
    /** A buffer that the call writes; its length is the result. */
    OUT,
    ARGV, TIMESPEC, RLIMIT, SIGACTION, SIGSET, SIG, SIGHOW,
    OFLAGS, PROT, MMAP, MREMAP, MSYNC, MADV, WHENCE, ACCESS, ATFLAGS, CLONE, FUTEX, WAITOPTS, RESOURCE, CLOCK,
    IOCTL, FCNTL, PRCTL, ARCHPRCTL, SIGFLAGS, TIMERFLAGS, EFDFLAGS, FDFLAGS, TFDSETTIME, MFDFLAGS, AF, SOCKTYPE, SOCKFLAGS,
    MSGFLAGS, RENAMEFLAGS, SPLICEFLAGS, GRNDFLAGS, XATTRFLAGS, FALLOCMODE, RWFLAGS, FLOCK, CLOSERANGE, PIDFDFLAGS, EPOLLOP
}
