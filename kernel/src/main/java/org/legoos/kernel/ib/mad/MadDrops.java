package org.legoos.kernel.ib.mad;

import java.util.concurrent.atomic.AtomicLongArray;

/** Datagrams that went nowhere, by reason: peers can cause these at will. */
public final class MadDrops {
    /** Why. */
    public enum Reason {
        /** Not 256 bytes. */
        LENGTH,
        BASE_VERSION,
        /** Its partition key is not in the port's table. */
        PARTITION,
        /** Nobody serves the class, and it is no question that wants an answer. */
        UNSERVED,
        /** An answer to nothing that was asked, or from somebody else. */
        UNEXPECTED,
        /** Of a class or method that is served, but with contents that make no sense. */
        MALFORMED,
        /** Ours, when all send buffers are under way. */
        NO_BUFFER,
        /** The queue pair did not take or send it. */
        SEND_FAILED
    }

    private final AtomicLongArray counts = new AtomicLongArray(Reason.values().length);

    public void count(Reason reason) {
        counts.incrementAndGet(reason.ordinal());
    }

    public long get(Reason reason) {
        return counts.get(reason.ordinal());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Reason reason : Reason.values()) {
            text.append(text.isEmpty() ? "" : " ").append(reason.name().toLowerCase(java.util.Locale.ROOT)).append('=').append(get(reason));
        }
        return text.toString();
    }
}
