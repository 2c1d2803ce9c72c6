package org.legoos.serial;

/** Received characters with the line-status bits of each; 16 deep, or 1 while FIFOs are off. */
final class ReceiveFifo {
    private static final int DEPTH = 16;

    private final byte[] values = new byte[DEPTH];
    private final int[] errors = new int[DEPTH];
    private int head;
    private int count;
    private int errorCount;

    int count() {
        return count;
    }

    boolean hasErrors() {
        return errorCount > 0;
    }

    /** Appends; false when it is full and the character is lost (off: it replaces the one that was there). */
    boolean add(byte value, int error, boolean fifoEnabled) {
        boolean isFull = count >= (fifoEnabled ? DEPTH : 1);
        if (isFull && fifoEnabled) {
            return false;
        }
        if (isFull) {
            poll();
        }
        int at = (head + count) % DEPTH;
        values[at] = value;
        errors[at] = error;
        errorCount += error != 0 ? 1 : 0;
        count++;
        return !isFull;
    }

    /** The oldest character; 0 if there is none. */
    int poll() {
        if (count == 0) {
            return 0;
        }
        int value = values[head] & 0xff;
        takeErrors();
        head = (head + 1) % DEPTH;
        count--;
        return value;
    }

    /** Line-status bits of the oldest character; each is told once. */
    int takeErrors() {
        int error = count == 0 ? 0 : errors[head];
        if (error != 0) {
            errors[head] = 0;
            errorCount--;
        }
        return error;
    }

    int errors() {
        return count == 0 ? 0 : errors[head];
    }

    void clear() {
        count = 0;
        errorCount = 0;
    }
}
