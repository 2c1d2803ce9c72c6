package org.legoos.managers.storage;

import java.util.ArrayDeque;
import org.legoos.fit.Ibapi;
import org.legoos.fit.Incoming;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.kernel.boot.Kernel;
import org.legoos.managers.memory.thpool.Worker;

/** Memory for long replies that are made where their requests arrive: each is busy until the card has sent what is in it. */
final class ReplyBuffers {
    /** The longest reply that is made there: more would keep other messages waiting. */
    static final int BYTES = 64 * 1024;

    private static final int COUNT = 8;

    /** One of them, in which a handler does a worker's work. */
    final class Buffer extends Worker implements Ibapi.WhenDone {
        /** Whether it is busy until {@link #done}. */
        private boolean isSending;
        private boolean isStuck;

        private Buffer(long pa) {
            super(pa);
        }

        /** Sends what is in it. */
        void send(StorageNode node, Incoming message, int lengthBytes) {
            if (lengthBytes <= Ibapi.INLINE_REPLY_BYTES) {
                node.send(message, replyPa(), lengthBytes, 0);
                return;
            }
            isSending = true; // before: it may have been sent, and taken again, when the call returns
            if (!node.sendNowait(message, replyPa(), Math.min(lengthBytes, message.maxReplyBytes), this)) {
                isSending = false;
                isStuck = true;
            }
        }

        /** Nothing more will be sent. @return whether the message was answered */
        boolean finish() {
            boolean wasAnswered = !isStuck;
            if (!isSending) {
                give(this);
            }
            return wasAnswered;
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
            Buffer buffer = idle.poll();
            if (buffer != null) {
                buffer.isSending = false;
                buffer.isStuck = false;
            }
            return buffer;
        }
    }

    void give(Buffer buffer) {
        synchronized (idle) {
            idle.push(buffer);
        }
    }
}
