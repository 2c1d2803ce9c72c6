package org.legoos.elf;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The initial stack of a program, byte for byte as Linux makes it (fs/exec.c, create_elf_tables): from the
 * stack pointer up argc, argv, envp, the auxiliary vector, then random bytes, platform, argument and
 * environment strings, the file's name, and eight zero bytes at the top. No vDSO, so no AT_SYSINFO_EHDR; no
 * AT_MINSIGSTKSZ: signal frames fit in the constant that C libraries assume without it.
 *
 * @param bytes from stackPointerVa to the top
 * @param stackPointerVa where argc lies, 16-byte aligned
 * @param argStartVa, argEndVa the argument strings
 * @param envStartVa, envEndVa the environment strings
 * @param auxvVa, auxvBytes the auxiliary vector with its AT_NULL
 */
public record StackImage(
        byte[] bytes,
        long stackPointerVa,
        long argStartVa,
        long argEndVa,
        long envStartVa,
        long envEndVa,
        long auxvVa,
        int auxvBytes) {
    /** Longest single string with its NUL (MAX_ARG_STRLEN). */
    public static final int MAX_STRING_BYTES = 32 * LoadPlan.PAGE_SIZE;

    /** Always available for strings and their pointers (ARG_MAX). */
    private static final long MIN_LIMIT_BYTES = 131072;
    /** Never more than this, whatever the limit: three quarters of 8 MiB. */
    private static final long MAX_LIMIT_BYTES = (8L << 20) / 4 * 3;

    private static final int TICKS_PER_SECOND = 100;
    private static final String PLATFORM = "x86_64";
    private static final long ALIGN = 16;
    /** Linux moves the stack pointer by less than this when it randomises. */
    private static final int RANDOM_GAP_BYTES = 8192;

    /** Who runs the program and where. */
    public record Identity(int uid, int euid, int gid, int egid, long hwcap, long hwcap2, boolean isSecure) {
        public Identity(int uid, int euid, int gid, int egid, long hwcap, long hwcap2) {
            this(uid, euid, gid, egid, hwcap, hwcap2, false);
        }
    }

    /**
     * @param topVa end of the stack's pages
     * @param stackLimitBytes RLIMIT_STACK
     * @param random 16 bytes for AT_RANDOM
     * @param randomGap source of the stack pointer's displacement, 0 for none
     * @param interpreterBaseVa AT_BASE: where PT_INTERP's program was put, 0 without one
     */
    public record Place(
            long topVa, long stackLimitBytes, byte[] random, long randomGap, long interpreterBaseVa) {}

    /**
     * Null when arguments and environment are too long (E2BIG). Strings are without NUL; an empty argv gets one
     * empty string.
     */
    public static StackImage build(
            LoadPlan plan, byte[] execfn, List<byte[]> givenArgv, List<byte[]> envp, Identity identity, Place place) {
        List<byte[]> argv = givenArgv.isEmpty() ? List.of(new byte[0]) : givenArgv;
        long pointerBytes = 8L * (argv.size() + envp.size());
        long stringBytes = totalBytes(argv) + totalBytes(envp) + execfn.length + 1;
        if (stringBytes < 0 || stringBytes + pointerBytes >= limitBytes(place.stackLimitBytes())) {
            return null;
        }
        Builder b = new Builder(place.topVa(), stringBytes + pointerBytes);
        b.push(new byte[Long.BYTES]);
        long execfnVa = b.pushString(execfn);
        long envEnd = b.va;
        b.pushStrings(envp);
        long envStart = b.va;
        b.pushStrings(argv);
        long argStart = b.va;
        b.alignDown((int) (place.randomGap() & RANDOM_GAP_BYTES - 1));
        long platformVa = b.pushString(PLATFORM.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        long randomVa = b.push(place.random());
        long[] auxv = auxv(plan, identity, place.interpreterBaseVa(), randomVa, execfnVa, platformVa);
        int items = 1 + argv.size() + 1 + envp.size() + 1;
        long sp = (b.va - auxv.length * 8L - items * 8L) & -ALIGN;
        b.moveTo(sp);
        b.put(argv.size());
        b.putPointers(argv, argStart);
        b.putPointers(envp, envStart);
        long auxvVa = b.cursorVa();
        for (long word : auxv) {
            b.put(word);
        }
        return new StackImage(b.image(), sp, argStart, envStart, envStart, envEnd, auxvVa, auxv.length * Long.BYTES);
    }

    private static long limitBytes(long stackLimitBytes) {
        long quarter = stackLimitBytes < 0 ? MAX_LIMIT_BYTES : stackLimitBytes / 4; // RLIM_INFINITY is -1
        return Math.max(Math.min(MAX_LIMIT_BYTES, quarter), MIN_LIMIT_BYTES);
    }

    /** Bytes with NULs, or a very negative number when one string alone is too long. */
    private static long totalBytes(List<byte[]> strings) {
        long total = 0;
        for (byte[] s : strings) {
            if (s.length >= MAX_STRING_BYTES) {
                return Long.MIN_VALUE / 4;
            }
            total += s.length + 1;
        }
        return total;
    }

    private static long[] auxv(
            LoadPlan plan, Identity who, long interpreterBaseVa, long randomVa, long execfnVa, long platformVa) {
        boolean secure = who.isSecure() || who.uid() != who.euid() || who.gid() != who.egid();
        return new long[] {
            AuxType.AT_HWCAP, who.hwcap(),
            AuxType.AT_PAGESZ, LoadPlan.PAGE_SIZE,
            AuxType.AT_CLKTCK, TICKS_PER_SECOND,
            AuxType.AT_PHDR, plan.phdrVa(),
            AuxType.AT_PHENT, ProgramHeader.SIZE_BYTES,
            AuxType.AT_PHNUM, plan.phnum(),
            AuxType.AT_BASE, interpreterBaseVa,
            AuxType.AT_FLAGS, 0,
            AuxType.AT_ENTRY, plan.entryVa(),
            AuxType.AT_UID, Integer.toUnsignedLong(who.uid()),
            AuxType.AT_EUID, Integer.toUnsignedLong(who.euid()),
            AuxType.AT_GID, Integer.toUnsignedLong(who.gid()),
            AuxType.AT_EGID, Integer.toUnsignedLong(who.egid()),
            AuxType.AT_SECURE, secure ? 1 : 0,
            AuxType.AT_RANDOM, randomVa,
            AuxType.AT_HWCAP2, who.hwcap2(),
            AuxType.AT_EXECFN, execfnVa,
            AuxType.AT_PLATFORM, platformVa,
            AuxType.AT_NULL, 0,
        };
    }

    /** Fills a buffer downwards from the top of the stack, then upwards from the stack pointer. */
    private static final class Builder {
        /** Auxiliary vector, alignment, random displacement and the small strings fit in this. */
        private static final int SLACK_BYTES = 4 * LoadPlan.PAGE_SIZE;

        private final long topVa;
        private final ByteBuffer buffer;
        private long va;

        Builder(long topVa, long contentBytes) {
            this.topVa = topVa;
            this.buffer = ElfHeader.littleEndian(new byte[(int) contentBytes + SLACK_BYTES]);
            this.va = topVa;
        }

        private int index(long at) {
            return buffer.capacity() - (int) (topVa - at);
        }

        long push(byte[] bytes) {
            va -= bytes.length;
            buffer.put(index(va), bytes);
            return va;
        }

        long pushString(byte[] string) {
            va -= 1; // its NUL
            return push(string);
        }

        void pushStrings(List<byte[]> strings) {
            for (byte[] string : strings.reversed()) {
                pushString(string);
            }
        }

        void alignDown(int gapBytes) {
            va = va - gapBytes & -ALIGN;
        }

        void moveTo(long newVa) {
            va = newVa;
            buffer.position(index(newVa));
        }

        void put(long word) {
            buffer.putLong(word);
        }

        void putPointers(List<byte[]> strings, long firstVa) {
            long at = firstVa;
            for (byte[] string : strings) {
                put(at);
                at += string.length + 1;
            }
            put(0);
        }

        long cursorVa() {
            return topVa - (buffer.capacity() - buffer.position());
        }

        byte[] image() {
            byte[] image = new byte[(int) (topVa - va)];
            buffer.get(index(va), image);
            return image;
        }
    }
}
