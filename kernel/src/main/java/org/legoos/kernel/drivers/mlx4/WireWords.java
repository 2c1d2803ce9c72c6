package org.legoos.kernel.drivers.mlx4;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Ordered accesses to what the card reads and writes at the same time: the word that makes a WQE valid,
 * the byte that makes a CQE or EQE ours, doorbell records.
 */
final class WireWords {
    private static final VarHandle INT_BE = ValueLayout.JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN).varHandle();
    private static final VarHandle BYTE = ValueLayout.JAVA_BYTE.varHandle();

    private WireWords() {}

    /** Stores a big-endian word after everything stored before it. */
    static void publish(MemorySegment memory, long pa, int value) {
        INT_BE.setRelease(memory, pa, value);
    }

    /** Stores a big-endian word; the order does not matter. */
    static void put(MemorySegment memory, long pa, int value) {
        INT_BE.set(memory, pa, value);
    }

    /** Loads a byte before everything loaded after it. */
    static byte observe(MemorySegment memory, long pa) {
        return (byte) BYTE.getAcquire(memory, pa);
    }
}
