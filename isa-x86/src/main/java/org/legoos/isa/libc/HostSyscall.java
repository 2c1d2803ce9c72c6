package org.legoos.isa.libc;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/**
 * syscall(2) of the host with up to six arguments, all as 64-bit numbers: one function for the many file calls, so that
 * starting costs one stub and not forty. Addresses must belong to memory that lives on while the call runs.
 */
final class HostSyscall {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final MethodHandle SYSCALL = HostCall.bind("syscall",
            FunctionDescriptor.of(LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG), Linker.Option.firstVariadicArg(1));
    private static final boolean IS_X86 = System.getProperty("os.arch").toLowerCase(Locale.ROOT).matches("amd64|x86_64");

    private HostSyscall() {}

    /** The call's number on this host. @param generic asm-generic/unistd.h's, which every newer architecture uses */
    static int number(int x86, int generic) {
        return IS_X86 ? x86 : generic;
    }

    /** @return what the call returned, or a negative errno */
    static long call(int number, long a, long b, long c, long d, long e, long f) {
        try {
            long result = (long) SYSCALL.invokeExact(HostCall.state(), (long) number, a, b, c, d, e, f);
            return result == -1 ? -HostCall.errno() : result;
        } catch (Throwable t) {
            throw HostCall.unexpected(t);
        }
    }
}
