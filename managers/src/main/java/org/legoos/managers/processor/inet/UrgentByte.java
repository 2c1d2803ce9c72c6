package org.legoos.managers.processor.inet;

import org.legoos.kernel.syscall.Errno;

/** TCP's urgent data as programs see it: one byte beside the stream, and a mark where it was (tcp(7), sockatmark(3)). Not thread-safe. */
final class UrgentByte {
    private byte value;
    private long mark = -1; // position in the stream, -1 when it was passed
    private boolean isHere; // not taken by MSG_OOB yet
    private boolean isInline;

    void arrive(byte newValue, long position, boolean inline) {
        value = newValue;
        mark = position;
        isInline = inline;
        isHere = !inline;
    }

    /** How much of what is queued from {@code position} a read may give. */
    int readable(long position, int queued) {
        if (mark < 0 || mark < position) {
            return queued;
        }
        if (mark == position) {
            if (queued > 0 && !isInline) {
                mark = -1; // the read goes over the place where the byte was
            }
            return queued;
        }
        return (int) Math.min(queued, mark - position);
    }

    boolean isAtMark(long position) {
        return mark == position;
    }

    boolean isWaiting() {
        return isHere;
    }

    int take(boolean isPeek) {
        if (isInline || !isHere) {
            return -Errno.EINVAL;
        }
        isHere = isPeek;
        return value & 0xff;
    }
}
