package org.legoos.fit;

import java.nio.charset.StandardCharsets;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.kernel.boot.Kernel;
import org.legoos.kernel.syscall.Errno;

/** The calling side of {@link Control}: asks nodes for ports by name, and meets them at barriers. */
final class ControlCalls {
    private static final int WORD_BYTES = 4;

    private final Fit fit;
    private final Kernel kernel;
    private final PhysicalMemory memory;
    private final Control control;

    ControlCalls(Fit fit, Kernel kernel, Control control) {
        this.fit = fit;
        this.kernel = kernel;
        this.memory = kernel.memory();
        this.control = control;
    }

    int queryPort(int node, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        long pa = kernel.frames().alloc();
        if (pa == 0) {
            return -Errno.ENOMEM;
        }
        try {
            memory.putInt(pa, Control.QUERY_PORT);
            memory.write(pa + WORD_BYTES, bytes, 0, bytes.length);
            int length = fit.sendReplyImm(node, PortTable.CONTROL, pa, WORD_BYTES + bytes.length, pa, WORD_BYTES);
            return length < 0 ? length : length == WORD_BYTES ? memory.getInt(pa) : -Errno.EIO;
        } finally {
            kernel.frames().free(pa);
        }
    }

    int distBarrier(int id, int count, long timeoutNs) {
        long pa = kernel.frames().alloc();
        if (pa == 0) {
            return -Errno.ENOMEM;
        }
        try {
            memory.putInt(pa, Control.BARRIER);
            memory.putInt(pa + WORD_BYTES, id);
            for (Peer peer : fit.peers()) {
                if (peer.isJoined()) {
                    fit.send(peer.node, PortTable.CONTROL, pa, 2 * WORD_BYTES);
                }
            }
        } finally {
            kernel.frames().free(pa);
        }
        boolean met = control.awaitArrivals(kernel.clock(), id, count - 1, kernel.clock().nowNs() + timeoutNs);
        return met ? 0 : -Errno.ETIMEDOUT;
    }
}
