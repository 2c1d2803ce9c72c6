package org.legoos.managers.processor.strace;

import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.legoos.kernel.syscall.ArgKind;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.FlagKind;
import org.legoos.kernel.syscall.FlagTable;
import org.legoos.kernel.syscall.Signatures;

/**
 * Collects the flags that programs used with success although flags.tbl does not declare them done: what the
 * documentation would otherwise not say. Thread-safe; only exists when conformance tests run.
 */
public final class FlagAudit {
    private final Set<String> found = new ConcurrentSkipListSet<>();

    /** A system call that ended. */
    public void check(long nr, long[] args, long result) {
        Signatures.Signature signature = nr >= 0 && nr < Integer.MAX_VALUE ? Signatures.of((int) nr) : null;
        if (signature == null || Errno.isError(result)) {
            return;
        }
        ArgKind[] kinds = signature.args();
        for (int i = 0; i < kinds.length; i++) {
            FlagKind flags = FlagTable.of(kinds[i]);
            String undeclared = flags == null ? "" : flags.undeclared(signature.name(), args[i] & 0xffffffffL);
            if (!undeclared.isEmpty()) {
                found.add(signature.name() + " " + undeclared);
            }
        }
    }

    /** What was found since the last call of this method, e.g. "openat O_PATH". */
    public Set<String> take() {
        Set<String> taken = Set.copyOf(found);
        found.removeAll(taken);
        return taken;
    }
}
