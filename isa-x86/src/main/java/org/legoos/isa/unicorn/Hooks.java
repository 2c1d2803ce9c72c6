package org.legoos.isa.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;

/**
 * The functions that the engine calls. One set for the process; the user-data word of a hook is the index of its Cpu.
 * No Throwable may leave them (it would end the JVM): it is kept for {@link UnicornCpu#run} to report.
 */
final class Hooks {
    private static final long TLB_FILL = stub("tlbFill",
            FunctionDescriptor.of(JAVA_BOOLEAN, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final long SYSCALL = stub("syscall", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG));
    private static final long CPUID = stub("cpuid", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final long PORT_READ =
            stub("portRead", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final long PORT_WRITE =
            stub("portWrite", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final long EXCEPTION = stub("exception", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_INT, JAVA_LONG));
    private static final long INVALID =
            stub("invalidInstruction", FunctionDescriptor.of(JAVA_BOOLEAN, JAVA_LONG, JAVA_LONG));

    private static final int SKIP_INSTRUCTION = 1;

    /** Copied on change, so that hooks read it without a lock. */
    private static volatile UnicornCpu[] cpus = new UnicornCpu[0];

    private Hooks() {}

    /** Makes the Cpu known; returns its index. */
    static synchronized int register(UnicornCpu cpu) {
        UnicornCpu[] now = cpus;
        int index = 0;
        while (index < now.length && now[index] != null) {
            index++;
        }
        UnicornCpu[] next = Arrays.copyOf(now, Math.max(now.length, index + 1));
        next[index] = cpu;
        cpus = next;
        return index;
    }

    static synchronized void forget(int index) {
        UnicornCpu[] next = cpus.clone();
        next[index] = null;
        cpus = next;
    }

    static void install(long uc, int index) {
        try (Arena arena = Arena.ofConfined()) {
            long handle = arena.allocate(JAVA_LONG).address();
            add(uc, handle, UcConst.HOOK_TLB_FILL, TLB_FILL, index, 0);
            add(uc, handle, UcConst.HOOK_INTR, EXCEPTION, index, 0);
            add(uc, handle, UcConst.HOOK_INSN_INVALID, INVALID, index, 0);
            add(uc, handle, UcConst.HOOK_INSN, SYSCALL, index, UcConst.INS_SYSCALL);
            add(uc, handle, UcConst.HOOK_INSN, CPUID, index, UcConst.INS_CPUID);
            add(uc, handle, UcConst.HOOK_INSN, PORT_READ, index, UcConst.INS_IN);
            add(uc, handle, UcConst.HOOK_INSN, PORT_WRITE, index, UcConst.INS_OUT);
        }
    }

    private static void add(long uc, long handle, int type, long callback, int index, int instruction) {
        Uc.check(Uc.hookAdd(uc, handle, type, callback, index, instruction), "adding hook " + type);
    }

    private static long stub(String method, FunctionDescriptor descriptor) {
        try {
            MethodHandle target = MethodHandles.lookup().findStatic(Hooks.class, method, descriptor.toMethodType());
            return Linker.nativeLinker().upcallStub(target, descriptor, Arena.global()).address();
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static boolean tlbFill(long uc, long guestVa, int type, long entry, long index) {
        UnicornCpu cpu = cpus[(int) index];
        try {
            return cpu.onTlbMiss(guestVa, type, entry);
        } catch (Throwable t) {
            cpu.onInternalError(t);
            return false;
        }
    }

    private static void syscall(long uc, long index) {
        UnicornCpu cpu = cpus[(int) index];
        try {
            cpu.onSyscall();
        } catch (Throwable t) {
            cpu.onInternalError(t);
        }
    }

    private static int cpuid(long uc, long index) {
        UnicornCpu cpu = cpus[(int) index];
        try {
            cpu.onCpuid();
        } catch (Throwable t) {
            cpu.onInternalError(t);
        }
        return SKIP_INSTRUCTION;
    }

    private static int portRead(long uc, int port, int sizeBytes, long index) {
        portWrite(uc, port, sizeBytes, 0, index);
        return 0;
    }

    private static void portWrite(long uc, int port, int sizeBytes, int value, long index) {
        UnicornCpu cpu = cpus[(int) index];
        try {
            cpu.onPortAccess();
        } catch (Throwable t) {
            cpu.onInternalError(t);
        }
    }

    private static void exception(long uc, int vector, long index) {
        UnicornCpu cpu = cpus[(int) index];
        try {
            cpu.onException(vector);
        } catch (Throwable t) {
            cpu.onInternalError(t);
        }
    }

    private static boolean invalidInstruction(long uc, long index) {
        UnicornCpu cpu = cpus[(int) index];
        try {
            cpu.onInvalidInstruction();
        } catch (Throwable t) {
            cpu.onInternalError(t);
        }
        return false;
    }
}
