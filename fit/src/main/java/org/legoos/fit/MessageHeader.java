package org.legoos.fit;

import org.legoos.isa.memory.PhysicalMemory;

/**
 * What precedes each message in a receive ring; little-endian, {@value #SIZE_BYTES} bytes.
 * <pre>
 *  0  u32 payload length        16 u64 replyPa (in the sender's memory)
 *  4  u32 call tag              24 u32 span start in the ring (differs from the message's place after a wrap)
 *  8  u32 max reply bytes       28 u32 span length: ring space to give back, padding included
 *  12 u32 flags: 1 = wants a reply
 * </pre>
 */
final class MessageHeader {
    static final int SIZE_BYTES = 32;
    static final int WANTS_REPLY = 1;

    private MessageHeader() {}

    static void write(PhysicalMemory memory, long headerPa, int lengthBytes, int tag, int maxReplyBytes, int flags, long replyPa) {
        memory.putInt(headerPa, lengthBytes);
        memory.putInt(headerPa + 4, tag);
        memory.putInt(headerPa + 8, maxReplyBytes);
        memory.putInt(headerPa + 12, flags);
        memory.putLong(headerPa + 16, replyPa);
    }

    static void writeSpan(PhysicalMemory memory, long headerPa, int spanStart, int spanBytes) {
        memory.putInt(headerPa + 24, spanStart);
        memory.putInt(headerPa + 28, spanBytes);
    }

    static int lengthBytes(PhysicalMemory memory, long headerPa) {
        return memory.getInt(headerPa);
    }

    static int tag(PhysicalMemory memory, long headerPa) {
        return memory.getInt(headerPa + 4);
    }

    static int maxReplyBytes(PhysicalMemory memory, long headerPa) {
        return memory.getInt(headerPa + 8);
    }

    static boolean wantsReply(PhysicalMemory memory, long headerPa) {
        return (memory.getInt(headerPa + 12) & WANTS_REPLY) != 0;
    }

    static long replyPa(PhysicalMemory memory, long headerPa) {
        return memory.getLong(headerPa + 16);
    }

    static int spanStart(PhysicalMemory memory, long headerPa) {
        return memory.getInt(headerPa + 24);
    }

    static int spanBytes(PhysicalMemory memory, long headerPa) {
        return memory.getInt(headerPa + 28);
    }
}
