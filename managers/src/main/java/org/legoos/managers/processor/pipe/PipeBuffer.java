package org.legoos.managers.processor.pipe;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The bytes in a pipe: a ring that grows up to what the pipe may hold. When packets were written (O_DIRECT) it also knows
 * where they end; a pipe without packets pays nothing for that. Guarded by its {@link Pipe}.
 */
final class PipeBuffer {
    private static final int BYTES_MIN = 4096;

    private byte[] ring = new byte[0];
    private int start;
    private int used;

    // Lengths of runs, oldest first, while there is a packet: positive for a packet, negative for plain bytes.
    private int[] runs = new int[0];
    private int firstRun;
    private int runCount;
    private int packets;

    int used() {
        return used;
    }

    int packets() {
        return packets;
    }

    /** Bytes that one read gives at most: the first packet ends it. */
    int readable() {
        return packets == 0 ? used : Math.abs(runs[firstRun]);
    }

    void write(MemorySegment from, long at, int length, boolean isPacket) {
        if (length == 0) {
            return;
        }
        reserve(used + length);
        int end = (start + used) % ring.length;
        int head = Math.min(length, ring.length - end);
        MemorySegment.copy(from, ValueLayout.JAVA_BYTE, at, ring, end, head);
        MemorySegment.copy(from, ValueLayout.JAVA_BYTE, at + head, ring, 0, length - head);
        if (isPacket || packets > 0) {
            addRun(length, isPacket);
        }
        used += length;
    }

    private void addRun(int length, boolean isPacket) {
        if (packets == 0) {
            firstRun = 0;
            runCount = 0;
            if (used > 0) {
                appendRun(-used);
            }
        }
        int last = runCount == 0 ? 0 : runs[(firstRun + runCount - 1) % runs.length];
        if (!isPacket && last < 0) {
            runs[(firstRun + runCount - 1) % runs.length] = last - length;
        } else {
            appendRun(isPacket ? length : -length);
        }
        packets += isPacket ? 1 : 0;
    }

    private void appendRun(int run) {
        if (runCount == runs.length) {
            int[] more = new int[Math.max(16, 2 * runCount)];
            for (int i = 0; i < runCount; i++) {
                more[i] = runs[(firstRun + i) % runs.length];
            }
            runs = more;
            firstRun = 0;
        }
        runs[(firstRun + runCount++) % runs.length] = run;
    }

    /** Copies the oldest bytes without taking them. */
    void peek(MemorySegment to, long at, int length) {
        if (length == 0) {
            return;
        }
        int head = Math.min(length, ring.length - start);
        MemorySegment.copy(ring, start, to, ValueLayout.JAVA_BYTE, at, head);
        MemorySegment.copy(ring, 0, to, ValueLayout.JAVA_BYTE, at + head, length - head);
    }

    /** Takes the oldest bytes, at most {@link #readable}; what is left of a packet goes with them. */
    void consume(int length) {
        int taken = length;
        if (packets > 0) {
            boolean isPacket = runs[firstRun] > 0;
            taken = isPacket ? runs[firstRun] : length;
            runs[firstRun] += isPacket ? -taken : taken;
            if (runs[firstRun] == 0) {
                firstRun = (firstRun + 1) % runs.length;
                runCount--;
                packets -= isPacket ? 1 : 0;
            }
        }
        start = ring.length == 0 ? 0 : (start + taken) % ring.length;
        used -= taken;
    }

    private void reserve(int bytes) {
        if (bytes > ring.length) {
            resize(Math.max(BYTES_MIN, Math.max(bytes, ring.length * 2)));
        }
    }

    /** Gives memory back, as far as nothing is in it. */
    void trim() {
        resize(used);
    }

    private void resize(int bytes) {
        byte[] other = new byte[bytes];
        int head = Math.min(used, ring.length - start);
        System.arraycopy(ring, start, other, 0, head);
        System.arraycopy(ring, 0, other, head, used - head);
        ring = other;
        start = 0;
    }
}
