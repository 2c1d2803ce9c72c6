package org.legoos.managers.processor.proc;

import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;
import org.legoos.kernel.sched.RealTimeLimit;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.Program;
import org.legoos.managers.processor.fs.PseudoNode;

/** /proc/sys/kernel/sched_rt_period_us and sched_rt_runtime_us (sched(7)), which root may write. */
final class SchedFiles {
    private SchedFiles() {}

    static void addTo(PseudoNode.Fixed root, RealTimeLimit limit) {
        root.putAt("sys/kernel/sched_rt_period_us", number(limit::periodUs, us -> limit.set(us, limit.runtimeUs())));
        root.putAt("sys/kernel/sched_rt_runtime_us", number(limit::runtimeUs, us -> limit.set(limit.periodUs(), us)));
    }

    private static PseudoNode number(IntSupplier get, IntPredicate set) {
        return new PseudoNode.Text(0644, t -> Program.bytes(get.getAsInt() + "\n"), (t, text) -> {
            if (!set.test(parse(text))) {
                throw SysError.of(Errno.EINVAL);
            }
        });
    }

    private static int parse(byte[] text) {
        try {
            return Integer.parseInt(new String(text, StandardCharsets.ISO_8859_1).strip());
        } catch (NumberFormatException e) {
            throw SysError.of(Errno.EINVAL);
        }
    }
}
