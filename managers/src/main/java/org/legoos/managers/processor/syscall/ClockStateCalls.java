package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.time.Clocks;

/** adjtimex(2) and clock_adjtime(2): the clock is the host's, so its state can be read and nobody may change it. */
final class ClockStateCalls {
    /** struct timex. */
    private static final int BYTES = 208;

    private static final int MODES = 0;
    private static final int MAX_ERROR = 24;
    private static final int ESTIMATED_ERROR = 32;
    private static final int STATUS = 40;
    private static final int CONSTANT = 48;
    private static final int PRECISION = 56;
    private static final int TOLERANCE = 64;
    private static final int SECONDS = 72;
    private static final int MICROSECONDS = 80;
    private static final int TICK = 88;

    private static final int ADJ_OFFSET_SS_READ = 0xa001;
    private static final int STA_UNSYNC = 0x40;
    private static final long NTP_PHASE_LIMIT_US = 16_000_000;
    private static final long TIME_CONSTANT = 2;
    private static final long MAXFREQ_SCALED = 32_768_000;
    private static final long TICK_US = 10_000;

    /** The clock's state: not synchronised, as far as this kernel knows. */
    private static final int TIME_ERROR = 5;

    private ClockStateCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        String readOnly = "the state is read; nobody may change it";
        table.partial("adjtimex", readOnly, (t, a, b, c, d, e, f) -> adjust(t, a));
        table.partial("clock_adjtime", readOnly, (t, a, b, c, d, e, f) ->
                (int) a == Clocks.REALTIME ? adjust(t, b) : isClock((int) a) ? -Errno.EOPNOTSUPP : -Errno.EINVAL);
    }

    private static boolean isClock(int clock) {
        return clock > Clocks.REALTIME && clock <= Clocks.BOOTTIME_ALARM;
    }

    private static long adjust(UserThread t, long va) {
        byte[] timex = t.user().struct(va, BYTES);
        int modes = Le.getInt(timex, MODES);
        if (modes != 0 && modes != ADJ_OFFSET_SS_READ) {
            return -Errno.EPERM;
        }
        long nowNs = Clocks.nowNs(t, Clocks.REALTIME);
        byte[] to = t.user().zeroed(BYTES);
        Le.putInt(to, MODES, modes);
        Le.putLong(to, MAX_ERROR, NTP_PHASE_LIMIT_US);
        Le.putLong(to, ESTIMATED_ERROR, NTP_PHASE_LIMIT_US);
        Le.putInt(to, STATUS, STA_UNSYNC);
        Le.putLong(to, CONSTANT, TIME_CONSTANT);
        Le.putLong(to, PRECISION, 1);
        Le.putLong(to, TOLERANCE, MAXFREQ_SCALED);
        Le.putLong(to, SECONDS, nowNs / Clocks.NS_PER_S);
        Le.putLong(to, MICROSECONDS, nowNs % Clocks.NS_PER_S / 1000);
        Le.putLong(to, TICK, TICK_US);
        t.user().putStruct(va, BYTES);
        return TIME_ERROR;
    }
}
