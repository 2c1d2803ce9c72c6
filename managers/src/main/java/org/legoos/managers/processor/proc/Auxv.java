package org.legoos.managers.processor.proc;

import java.util.Arrays;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.TraceAccess;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.mm.AddressSpace;
import org.legoos.managers.processor.mm.UserMemory;

/** /proc/PID/auxv: the auxiliary vector behind argv and envp on the initial stack. */
public final class Auxv {
    private static final int ENTRIES_MAX = 64;
    private static final int ENTRY_BYTES = 16;

    private Auxv() {}

    public static byte[] read(UserThread t, Process p) {
        AddressSpace space = p.space();
        if (space == null) {
            return new byte[0];
        }
        if (!TraceAccess.allows(t.process(), p)) {
            throw SysError.of(Errno.EACCES);
        }
        space.retain();
        UserMemory memory = space.newUserMemory();
        try {
            return read(memory, p);
        } finally {
            space.forget(memory);
            space.release();
        }
    }

    private static byte[] read(UserMemory memory, Process p) {
        long strings = p.program().argv().size() + 1L + p.program().envp().size() + 1L;
        long at = p.program().stackVa() + 8 * (1 + strings);
        byte[] bytes = new byte[ENTRIES_MAX * ENTRY_BYTES];
        int length = 0;
        while (length < bytes.length && memory.read(at + length, bytes, length, ENTRY_BYTES) == ENTRY_BYTES) {
            length += ENTRY_BYTES;
            if (Le.getLong(bytes, length - ENTRY_BYTES) == 0) {
                break;
            }
        }
        return Arrays.copyOf(bytes, length);
    }
}
