package org.legoos.managers.processor.tty;

import java.util.BitSet;

/**
 * What was typed and not read yet: N_TTY's read_buf with its marks of line ends. In canonical mode
 * only finished lines are given out, one at a time. Not thread-safe.
 */
final class InputQueue {
    /** N_TTY_BUF_SIZE. */
    static final int CAPACITY = 4096;

    private static final int MASK = CAPACITY - 1;

    private final byte[] buffer = new byte[CAPACITY];
    private final BitSet lineEnds = new BitSet(CAPACITY);
    private final BitSet endMarks = new BitSet(CAPACITY); // line ends that are VEOF: they end a line and are not read
    private int head; // counts for ever, as do the others
    private int lineStart; // of the unfinished line
    private int tail;

    int count() {
        return head - tail;
    }

    int room() {
        return CAPACITY - 1 - count();
    }

    boolean hasLine() {
        return lineStart != tail;
    }

    /** Characters of the line that is being typed. */
    int lineLength() {
        return head - lineStart;
    }

    /** A character of that line. */
    int lineChar(int index) {
        return buffer[lineStart + index & MASK] & 0xff;
    }

    /** @return false when there is no room but for a line end */
    boolean put(int c) {
        if (room() == 0) {
            return false;
        }
        store(c);
        return true;
    }

    private void store(int c) {
        buffer[head & MASK] = (byte) c;
        lineEnds.clear(head & MASK);
        endMarks.clear(head & MASK);
        head++;
    }

    /** Ends the line with this character, or with an end-of-file mark. @return false when there is no room at all */
    boolean endLine(int c, boolean isEndOfFile) {
        if (count() >= CAPACITY) {
            return false;
        }
        int at = head & MASK;
        store(c);
        lineEnds.set(at);
        endMarks.set(at, isEndOfFile);
        lineStart = head;
        return true;
    }

    /** Removes the last character of the unfinished line. */
    void dropLast() {
        head--;
    }

    /** Everything typed is readable at once from now on (raw mode), or what is there counts as one line (canonical mode). */
    void modeChanged(boolean isCanonical) {
        lineEnds.clear();
        endMarks.clear();
        lineStart = tail;
        if (isCanonical && head != tail) {
            lineEnds.set(head - 1 & MASK);
            lineStart = head;
        }
    }

    /** Takes from the first finished line. @return bytes; 0 may mean that only an end-of-file mark was there */
    int takeLine(byte[] to, int length) {
        int taken = 0;
        while (taken < length && tail != lineStart) {
            int at = tail++ & MASK;
            boolean isEnd = lineEnds.get(at);
            lineEnds.clear(at);
            if (isEnd && endMarks.get(at)) {
                return taken;
            }
            to[taken++] = buffer[at];
            if (isEnd) {
                return taken;
            }
        }
        // A line that was taken whole and has only its end-of-file mark left is done (Linux since 5.13).
        if (taken == length && tail != lineStart && endMarks.get(tail & MASK) && lineEnds.get(tail & MASK)) {
            lineEnds.clear(tail++ & MASK);
        }
        return taken;
    }

    int takeRaw(byte[] to, int length) {
        int taken = 0;
        while (taken < length && tail != head) {
            to[taken++] = buffer[tail++ & MASK];
        }
        lineStart = tail;
        return taken;
    }

    void clear() {
        tail = lineStart = head;
        lineEnds.clear();
    }
}
