package org.legoos.managers.processor.tty;

/** A bounded queue of bytes. Not thread-safe. */
public final class ByteRing {
    private static final int FIRST_BYTES = 512;

    private final int capacity;
    private byte[] ring;
    private int start;
    private int used;

    /** @param capacityBytes a bound that is reached by growing */
    public ByteRing(int capacityBytes) {
        capacity = capacityBytes;
        ring = new byte[Math.min(FIRST_BYTES, capacityBytes)];
    }

    public int size() {
        return used;
    }

    public int room() {
        return capacity - used;
    }

    /** Adds one byte. @return false when full */
    public boolean put(int value) {
        if (used == capacity) {
            return false;
        }
        if (used == ring.length) {
            grow(used + 1);
        }
        int end = start + used;
        ring[end < ring.length ? end : end - ring.length] = (byte) value;
        used++;
        return true;
    }

    /** Adds as many as fit. @return how many */
    public int put(byte[] from, int offset, int length) {
        int taken = Math.min(length, room());
        if (used + taken > ring.length) {
            grow(used + taken);
        }
        int end = (start + used) % ring.length;
        int first = Math.min(taken, ring.length - end);
        System.arraycopy(from, offset, ring, end, first);
        System.arraycopy(from, offset + first, ring, 0, taken - first);
        used += taken;
        return taken;
    }

    /** Takes up to {@code length} bytes out. @return how many */
    public int take(byte[] to, int offset, int length) {
        int taken = Math.min(length, used);
        int first = Math.min(taken, ring.length - start);
        System.arraycopy(ring, start, to, offset, first);
        System.arraycopy(ring, 0, to, offset + first, taken - first);
        start = (start + taken) % ring.length;
        used -= taken;
        return taken;
    }

    public void clear() {
        start = used = 0;
    }

    private void grow(int wanted) {
        byte[] larger = new byte[Math.min(capacity, Math.max(wanted, ring.length * 2))];
        int first = Math.min(used, ring.length - start);
        System.arraycopy(ring, start, larger, 0, first);
        System.arraycopy(ring, 0, larger, first, used - first);
        ring = larger;
        start = 0;
    }
}
