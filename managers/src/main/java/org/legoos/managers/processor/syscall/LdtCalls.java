package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.UserThread;

/** modify_ldt(2): no process has segments of its own, so the table is empty and only empty entries can be written. */
final class LdtCalls {
    private static final int FUNC_READ = 0;
    private static final int FUNC_WRITE_OLD = 1;
    private static final int FUNC_READ_DEFAULT = 2;
    private static final int FUNC_WRITE = 0x11;
    private static final int DEFAULT_BYTES = 128;
    private static final int LDT_ENTRIES = 8192;

    /** struct user_desc: entry, base, limit, flags. */
    private static final int DESC_BYTES = 16;
    private static final int DESC_BASE = 4;
    private static final int DESC_LIMIT = 8;
    private static final int DESC_FLAGS = 12;
    private static final int CONTENTS_SHIFT = 1;
    private static final int CONTENTS_MASK = 3;
    private static final int CONTENTS_RESERVED = 3;
    private static final int READ_EXEC_ONLY = 1 << 3;
    private static final int SEG_NOT_PRESENT = 1 << 5;

    private LdtCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.partial("modify_ldt", "no segments: the table is empty, and EINVAL for who would write to it",
                (t, a, b, c, d, e, f) -> modify(t, (int) a, b, c));
    }

    private static long modify(UserThread t, int function, long va, long size) {
        return switch (function) {
            case FUNC_READ -> 0;
            case FUNC_READ_DEFAULT -> {
                int length = (int) (Long.compareUnsigned(size, DEFAULT_BYTES) > 0 ? DEFAULT_BYTES : size);
                t.user().zeroed(length);
                t.user().putStruct(va, length);
                yield length;
            }
            case FUNC_WRITE, FUNC_WRITE_OLD -> size == DESC_BYTES ? write(t, va) : -Errno.EINVAL;
            default -> -Errno.ENOSYS;
        };
    }

    private static long write(UserThread t, long va) {
        byte[] entry = t.user().struct(va, DESC_BYTES);
        boolean isEntry = Integer.compareUnsigned(Le.getInt(entry, 0), LDT_ENTRIES) < 0;
        int flags = Le.getInt(entry, DESC_FLAGS);
        boolean isReserved = (flags >>> CONTENTS_SHIFT & CONTENTS_MASK) == CONTENTS_RESERVED && (flags & SEG_NOT_PRESENT) == 0;
        boolean isEmpty = Le.getInt(entry, DESC_BASE) == 0 && Le.getInt(entry, DESC_LIMIT) == 0
                && (flags == 0 || (flags & (READ_EXEC_ONLY | SEG_NOT_PRESENT)) == (READ_EXEC_ONLY | SEG_NOT_PRESENT));
        return isEntry && !isReserved && isEmpty ? 0 : -Errno.EINVAL;
    }
}
