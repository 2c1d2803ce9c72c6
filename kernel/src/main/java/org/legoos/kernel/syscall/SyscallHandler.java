package org.legoos.kernel.syscall;

/**
 * One system call.
 *
 * @param <T> the kernel's thread
 */
@FunctionalInterface
public interface SyscallHandler<T> {
    /** @return what goes into RAX: a value or a negative errno; may throw {@link SysError} instead */
    long call(T thread, long a0, long a1, long a2, long a3, long a4, long a5);
}
