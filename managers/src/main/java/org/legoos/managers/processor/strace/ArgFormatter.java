package org.legoos.managers.processor.strace;

import org.legoos.kernel.syscall.ArgKind;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Signatures;
import org.legoos.managers.processor.core.Program;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.mm.UserMemory;

/** Turns system call arguments into text. What the call writes is shown at its end. */
final class ArgFormatter {
    /** As strace's default -s. */
    private static final int STRING_MAX = 32;
    private static final int ARGV_MAX = 32;

    private final UserThread thread;
    private final byte[] buffer = new byte[STRING_MAX + 1];
    private int shownAtEntry;

    ArgFormatter(UserThread thread) {
        this.thread = thread;
    }

    /** "read(3" — up to the first argument that is only known at the end. */
    String entry(long nr, long[] args) {
        StringBuilder text = new StringBuilder(Signatures.nameOf(nr)).append('(');
        ArgKind[] kinds = kinds(nr);
        shownAtEntry = 0;
        while (shownAtEntry < kinds.length && !isOutput(kinds[shownAtEntry])) {
            append(text, kinds, shownAtEntry, args, 0);
            shownAtEntry++;
        }
        return text.toString();
    }

    /** The rest of the arguments. */
    String exit(long nr, long[] args, long result) {
        StringBuilder text = new StringBuilder();
        ArgKind[] kinds = kinds(nr);
        for (int i = shownAtEntry; i < kinds.length; i++) {
            append(text, kinds, i, args, result);
        }
        return text.toString();
    }

    String result(long nr, long result) {
        if (Errno.isRestart(result)) {
            return "? " + Errno.name((int) -result) + " (To be restarted)";
        }
        if (Errno.isError(result)) {
            return "-1 " + ErrnoText.of((int) -result);
        }
        boolean isAddress = nr == 9 || nr == 12 || nr == 25 || nr == 30;
        return isAddress ? "0x" + Long.toHexString(result) : Long.toString(result);
    }

    private static ArgKind[] kinds(long nr) {
        Signatures.Signature signature = nr >= 0 && nr < Integer.MAX_VALUE ? Signatures.of((int) nr) : null;
        return signature == null ? new ArgKind[0] : signature.args();
    }

    private static boolean isOutput(ArgKind kind) {
        return kind == ArgKind.OUT || kind == ArgKind.OUTSTR || kind == ArgKind.FDPAIR;
    }

    private void append(StringBuilder text, ArgKind[] kinds, int i, long[] args, long result) {
        text.append(i == 0 ? "" : ", ");
        long arg = args[i];
        switch (kinds[i]) {
            case INT, FD -> text.append((int) arg);
            case UINT -> text.append(Integer.toUnsignedString((int) arg));
            case SIZE -> text.append(Long.toUnsignedString(arg));
            case OFF -> text.append(arg);
            case HEX -> text.append(arg == 0 ? "0" : "0x" + Long.toHexString(arg));
            case MODE -> text.append('0').append(arg == 0 ? "" : Long.toOctalString(arg & 0xffffffffL));
            case PATH -> quoted(text, arg, 4096, true);
            case IN -> quoted(text, arg, i + 1 < args.length ? args[i + 1] : 0, false);
            case OUT -> output(text, arg, result, false);
            case OUTSTR -> output(text, arg, result - 1, false);
            case ARGV -> argv(text, arg);
            case FDPAIR -> pair(text, arg, Integer.BYTES, result);
            case TIMESPEC -> timespec(text, arg);
            case RLIMIT -> pair(text, arg, Long.BYTES, 0);
            case SIGSET -> sigset(text, arg);
            case SIGACTION -> sigaction(text, arg);
            default -> text.append(FlagNames.describe(kinds[i], arg));
        }
    }

    private void pointer(StringBuilder text, long va) {
        text.append(va == 0 ? "NULL" : "0x" + Long.toHexString(va));
    }

    private void output(StringBuilder text, long va, long length, boolean isString) {
        if (length < 0) {
            pointer(text, va);
        } else {
            quoted(text, va, length, isString);
        }
    }

    private void quoted(StringBuilder text, long va, long lengthBytes, boolean isString) {
        int wanted = (int) Math.max(0, Math.min(lengthBytes, STRING_MAX + 1));
        int length = va == 0 ? 0 : thread.user().memory().read(va, buffer, 0, wanted);
        if (va == 0 || length == 0 && wanted > 0) {
            pointer(text, va);
            return;
        }
        boolean isCut = length > STRING_MAX;
        text.append('"');
        for (int i = 0; i < Math.min(length, STRING_MAX); i++) {
            if (isString && buffer[i] == 0) {
                isCut = false;
                break;
            }
            escape(text, buffer[i] & 0xff, i + 1 < length ? buffer[i + 1] : 0);
        }
        text.append(isCut ? "\"..." : "\"");
    }

    private static void escape(StringBuilder text, int c, byte next) {
        switch (c) {
            case '\n' -> text.append("\\n");
            case '\t' -> text.append("\\t");
            case '\r' -> text.append("\\r");
            case '"' -> text.append("\\\"");
            case '\\' -> text.append("\\\\");
            default -> {
                if (c >= ' ' && c < 0x7f) {
                    text.append((char) c);
                } else {
                    String octal = Integer.toOctalString(c);
                    boolean isDigitNext = next >= '0' && next <= '9';
                    text.append('\\').append(isDigitNext ? "0".repeat(3 - octal.length()) : "").append(octal);
                }
            }
        }
    }

    private void argv(StringBuilder text, long va) {
        UserMemory memory = thread.user().memory();
        text.append('[');
        for (int i = 0; i < ARGV_MAX; i++) {
            long string = memory.getLong(va + 8L * i);
            if (memory.faulted() || string == 0) {
                text.append(']');
                return;
            }
            byte[] bytes = memory.readString(string, 4096);
            text.append(i == 0 ? "\"" : ", \"").append(bytes == null ? "?" : Program.latin1(bytes)).append('"');
        }
        text.append(", ...]");
    }

    private void pair(StringBuilder text, long va, int width, long result) {
        UserMemory memory = thread.user().memory();
        long first = width == Integer.BYTES ? memory.getInt(va) : memory.getLong(va);
        boolean isBad = memory.faulted() || Errno.isError(result);
        long second = width == Integer.BYTES ? memory.getInt(va + width) : memory.getLong(va + width);
        if (va == 0 || isBad || memory.faulted()) {
            pointer(text, va);
        } else if (width == Integer.BYTES) {
            text.append('[').append(first).append(", ").append(second).append(']');
        } else {
            text.append("{rlim_cur=").append(limit(first)).append(", rlim_max=").append(limit(second)).append('}');
        }
    }

    private static String limit(long value) {
        return value == -1 ? "RLIM64_INFINITY" : Long.toUnsignedString(value);
    }

    private void timespec(StringBuilder text, long va) {
        UserMemory memory = thread.user().memory();
        long seconds = memory.getLong(va);
        boolean isBad = va == 0 || memory.faulted();
        long nanos = memory.getLong(va + 8);
        if (isBad || memory.faulted()) {
            pointer(text, va);
        } else {
            text.append("{tv_sec=").append(seconds).append(", tv_nsec=").append(nanos).append('}');
        }
    }

    private void sigset(StringBuilder text, long va) {
        long mask = va == 0 ? 0 : thread.user().memory().getLong(va);
        if (va == 0 || thread.user().memory().faulted()) {
            pointer(text, va);
        } else {
            text.append(FlagNames.sigset(mask));
        }
    }

    private void sigaction(StringBuilder text, long va) {
        UserMemory memory = thread.user().memory();
        long handler = memory.getLong(va);
        if (va == 0 || memory.faulted()) {
            pointer(text, va);
            return;
        }
        long flags = memory.getLong(va + 8);
        long mask = memory.getLong(va + 24);
        String shown = handler == 0 ? "SIG_DFL" : handler == 1 ? "SIG_IGN" : "0x" + Long.toHexString(handler);
        text.append("{sa_handler=").append(shown).append(", sa_mask=").append(FlagNames.sigset(mask))
                .append(", sa_flags=").append(FlagNames.sigactionFlags(flags)).append('}');
    }
}
