package org.legoos.serial;

/** A bounded byte queue between a UART and the thread of its backend; what does not fit is counted and dropped. */
final class ByteRing {
    private final byte[] bytes;
    private int head;
    private int count;
    private long dropped;
    private boolean isClosed;

    ByteRing(int sizeBytes) {
        bytes = new byte[sizeBytes];
    }

    synchronized void put(byte[] from, int offset, int length) {
        int fits = Math.min(length, bytes.length - count);
        int tail = (head + count) % bytes.length;
        int first = Math.min(fits, bytes.length - tail);
        System.arraycopy(from, offset, bytes, tail, first);
        System.arraycopy(from, offset + first, bytes, 0, fits - first);
        count += fits;
        dropped += length - fits;
        notifyAll();
    }

    /** Takes what is there, at most {@code to.length} bytes, without waiting. */
    synchronized int poll(byte[] to) {
        int taken = Math.min(count, to.length);
        int first = Math.min(taken, bytes.length - head);
        System.arraycopy(bytes, head, to, 0, first);
        System.arraycopy(bytes, 0, to, first, taken - first);
        head = (head + taken) % bytes.length;
        count -= taken;
        notifyAll();
        return taken;
    }

    /** Waits for bytes; -1 when it is closed and empty. */
    synchronized int take(byte[] to) throws InterruptedException {
        while (count == 0 && !isClosed) {
            wait();
        }
        return count == 0 ? -1 : poll(to);
    }

    synchronized int count() {
        return count;
    }

    /** Counts bytes that were taken but could not be delivered. */
    synchronized void drop(long lost) {
        dropped += lost;
    }

    synchronized long dropped() {
        return dropped;
    }

    synchronized void close() {
        isClosed = true;
        notifyAll();
    }
}
