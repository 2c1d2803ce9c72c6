package org.legoos.managers.processor.strace;

import org.legoos.kernel.signal.Signals;
import org.legoos.kernel.syscall.ArgKind;
import org.legoos.kernel.syscall.FlagKind;
import org.legoos.kernel.syscall.FlagTable;

/** Names of flags (from {@link FlagTable}), signals and special descriptors, as strace shows them. */
final class FlagNames {
    private static final FlagKind SIGFLAGS = FlagTable.of(ArgKind.SIGFLAGS);
    private static final int AT_FDCWD = -100;

    private FlagNames() {}

    static String describe(ArgKind kind, long value) {
        FlagKind flags = FlagTable.of(kind);
        if (flags != null) {
            // All of them are 32-bit arguments.
            String text = flags.describe(value & 0xffffffffL);
            return kind == ArgKind.FUTEX ? text.replace("|FUTEX_PRIVATE_FLAG", "_PRIVATE") : text;
        }
        return switch (kind) {
            case SIG -> Signals.name((int) value);
            case DIRFD -> (int) value == AT_FDCWD ? "AT_FDCWD" : Integer.toString((int) value);
            default -> value == 0 ? "NULL" : "0x" + Long.toHexString(value);
        };
    }

    static String sigactionFlags(long flags) {
        return SIGFLAGS.describe(flags);
    }

    /** "[INT CHLD]", or "~[...]" when most are in. */
    static String sigset(long mask) {
        boolean isInverted = Long.bitCount(mask) > Signals.NSIG / 2;
        long shown = isInverted ? ~mask : mask;
        StringBuilder text = new StringBuilder(isInverted ? "~[" : "[");
        String separator = "";
        for (int signal = 1; signal <= Signals.NSIG; signal++) {
            if ((shown & Signals.bit(signal)) != 0) {
                text.append(separator).append(Signals.name(signal).substring(3));
                separator = " ";
            }
        }
        return text.append(']').toString();
    }
}
