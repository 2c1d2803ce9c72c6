package org.legoos.managers.storage;

import java.util.ArrayDeque;
import org.legoos.fit.Ibapi;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.kernel.boot.Kernel;

/** Memory for long replies that are made where their requests arrive: each is busy until the card has sent what is in it. */
final class ReplyBuffers {
    /** The longest reply that is made there: more would keep other messages waiting. */
    static final int BYTES = 64 * 1024;

    private static final int COUNT = 8;

    /** One of them. */
    final class Buffer implements Ibapi.WhenDone {
        final long pa;

        private Buffer(long pa) {
            this.pa = pa;
        }

        /** It has been sent. */
        @Override
        public void done(int result, int privateBits) {
            give(this);
        }
    }

    private final ArrayDeque<Buffer> idle = new ArrayDeque<>(COUNT); // guarded by itself

    ReplyBuffers(Kernel kernel) {
        long pa = kernel.frames().allocContiguous(COUNT * BYTES / PhysicalMemory.PAGE_SIZE);
        for (int i = 0; i < COUNT && pa != 0; i++) {
            idle.add(new Buffer(pa + (long) i * BYTES));
        }
    }

    /** @return null when none is idle */
    Buffer take() {
        synchronized (idle) {
            return idle.poll();
        }
    }

    void give(Buffer buffer) {
        synchronized (idle) {
            idle.push(buffer);
        }
    }
}
