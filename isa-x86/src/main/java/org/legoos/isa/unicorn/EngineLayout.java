package org.legoos.isa.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Where the loaded library keeps what its API does not give: the live CPUX86State behind a uc_engine. Found once at
 * run time by writing recognisable register values through the API and looking for them; nothing is hard-coded but
 * the order of fields, which has been QEMU's for years, and every guess is checked before it is used.
 *
 * @param cpuPointer offset in uc_engine of the pointer to CPUState
 * @param envPointer offset in CPUState of the pointer to CPUX86State
 * @param debugRegisters offset in CPUX86State of dr[0]; error_code and its neighbours lie at fixed distances from it
 * @param contextState offset in uc_context of the copy of CPUX86State
 * @param noExitRequest offset in uc_engine of the byte that keeps an asynchronous stop from splitting instructions
 */
record EngineLayout(int cpuPointer, int envPointer, int debugRegisters, int contextState, int noExitRequest) {
    private static final int ENGINE_BYTES = 1024;
    private static final int CPU_STATE_BYTES = 128 << 10;
    private static final int ENV_POINTER_MIN = 256;
    private static final int ENV_POINTER_MAX = 512;
    private static final int DEBUG_REGISTERS_MAX = 8 << 10;
    private static final long MAGIC = 0x5ca1ab1e_0ddba115L;

    /** Distances in CPUX86State, in bytes. */
    static final int RIP = 128;
    static final int HFLAGS = 176;
    private static final int ERROR_CODE_BEFORE_DR = 16;
    private static final int EXCEPTION_IS_INT_BEFORE_DR = 12;
    private static final int OLD_EXCEPTION_BEHIND_DR = 96;

    int errorCode() {
        return debugRegisters - ERROR_CODE_BEFORE_DR;
    }

    int exceptionIsInt() {
        return debugRegisters - EXCEPTION_IS_INT_BEFORE_DR;
    }

    int oldException() {
        return debugRegisters + OLD_EXCEPTION_BEHIND_DR;
    }

    /** Finds the layout with the help of an engine that has not run yet. */
    static EngineLayout discover(long uc) {
        try (Arena arena = Arena.ofConfined();
                RandomAccessFile memory = new RandomAccessFile("/proc/self/mem", "r")) {
            MemorySegment value = arena.allocate(JAVA_LONG);
            for (int i = 0; i < 4; i++) {
                write(uc, UcConst.REG_DR0 + i, MAGIC + 1 + i, value);
            }
            write(uc, UcConst.REG_RAX, MAGIC, value);
            EngineLayout found = search(uc, memory, contextState(uc, value));
            for (int i = 0; i < 4; i++) {
                write(uc, UcConst.REG_DR0 + i, 0, value);
            }
            write(uc, UcConst.REG_RAX, 0, value);
            return found;
        } catch (IOException e) {
            throw new IllegalStateException("unicorn: the engine's state cannot be inspected", e);
        }
    }

    private static void write(long uc, int register, long number, MemorySegment value) {
        value.set(JAVA_LONG, 0, number);
        Uc.check(Uc.regWrite(uc, register, value.address()), "writing register " + register);
    }

    private static EngineLayout search(long uc, RandomAccessFile memory, int contextState) {
        ByteBuffer engine = read(memory, uc, ENGINE_BYTES).orElseThrow();
        for (int cpuPointer = 0; cpuPointer + 8 <= engine.limit(); cpuPointer += 8) {
            Optional<ByteBuffer> cpu = read(memory, engine.getLong(cpuPointer), CPU_STATE_BYTES);
            if (cpu.isEmpty()) {
                continue;
            }
            long base = engine.getLong(cpuPointer);
            for (int envPointer = ENV_POINTER_MIN; envPointer < ENV_POINTER_MAX; envPointer += 8) {
                long env = cpu.get().getLong(envPointer) - base;
                if (env > 0 && env + DEBUG_REGISTERS_MAX + 128 < cpu.get().limit() && cpu.get().getLong((int) env) == MAGIC) {
                    int debugRegisters = debugRegisters(cpu.get(), (int) env);
                    if (debugRegisters > 0) {
                        return new EngineLayout(cpuPointer, envPointer, debugRegisters, contextState, findNoExitRequest());
                    }
                }
            }
        }
        throw new IllegalStateException("unicorn: this build's CPU state was not found in memory");
    }

    /** Saves the recognisable registers and looks where they went; the place need not be aligned. */
    private static int contextState(long uc, MemorySegment out) {
        Uc.check(Uc.contextAlloc(uc, out.address()), "allocating a context");
        long context = out.get(JAVA_LONG, 0);
        try {
            Uc.check(Uc.contextSave(uc, context), "saving a context");
            int last = Uc.contextSize(uc) - DEBUG_REGISTERS_MAX / 2;
            for (int at = 0; at < last; at++) {
                if (Uc.NATIVE.get(JAVA_LONG_UNALIGNED, context + at) == MAGIC) {
                    return at;
                }
            }
        } finally {
            Uc.contextFree(context);
        }
        throw new IllegalStateException("unicorn: the registers were not found in a saved context");
    }

    private static int debugRegisters(ByteBuffer cpu, int env) {
        for (int at = 0; at < DEBUG_REGISTERS_MAX; at += 8) {
            if (cpu.getLong(env + at) == MAGIC + 1 && cpu.getLong(env + at + 8) == MAGIC + 2
                    && cpu.getLong(env + at + 24) == MAGIC + 4
                    && cpu.getInt(env + at + OLD_EXCEPTION_BEHIND_DR) == -1) {
                return at;
            }
        }
        return -1;
    }

    /** Reads through the kernel, so that a word which is no pointer gives nothing instead of a crash. */
    private static Optional<ByteBuffer> read(RandomAccessFile memory, long address, int lengthBytes) {
        if (address <= 0 || address >= 1L << 47 || (address & 7) != 0) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.allocate(lengthBytes).order(ByteOrder.LITTLE_ENDIAN);
        try {
            memory.seek(address);
            int length = memory.read(bytes.array());
            return length > DEBUG_REGISTERS_MAX || length == lengthBytes
                    ? Optional.of(bytes.limit(length)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * The flag is tested at the start of check_exit_request(): the first "cmpb $0, disp32(reg)" (80 /7, mod 10) names
     * its offset.
     */
    private static int findNoExitRequest() {
        MemorySegment code = Uc.LIBRARY.find("check_exit_request_x86_64")
                .orElseThrow(() -> new IllegalStateException(
                        "unicorn: this build hides its internal symbols; asynchronous stops would not be exact"))
                .reinterpret(256);
        for (int at = 0; at < 128; at++) {
            int modrm = code.get(JAVA_BYTE, at + 1) & 0xff;
            if ((code.get(JAVA_BYTE, at) & 0xff) == 0x80 && (modrm & 0xf8) == 0xb8 && modrm != 0xbc
                    && code.get(JAVA_BYTE, at + 6) == 0) {
                int offset = code.get(JAVA_INT_UNALIGNED, at + 2);
                if (offset > 0 && offset < 1 << 16) {
                    return offset;
                }
            }
        }
        throw new IllegalStateException("unicorn: no_exit_request was not found in this build");
    }
}
