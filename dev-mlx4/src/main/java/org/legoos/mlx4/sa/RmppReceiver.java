package org.legoos.mlx4.sa;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.mad.SaMad;

/** Puts the segments of one table together and says what to acknowledge (IBA 13.6.6). One per request; used by one thread. */
public final class RmppReceiver {
    /** A table of more is given up. */
    public static final int BYTES_MAX = 16 << 20;

    private static final int WINDOW = 64;

    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private byte[] head;
    private int last; // the last segment that came in order
    private boolean isComplete;

    /**
     * Takes a segment, or a response that is none and then is everything.
     *
     * @return the acknowledgement to be sent, or null
     */
    public byte[] accept(byte[] mad) {
        MemorySegment m = MemorySegment.ofArray(mad);
        int flags = SaMad.RMPP_FLAGS.get(m, 0);
        if ((flags & SaMad.FLAG_ACTIVE) == 0) {
            head = mad.clone();
            data.writeBytes(Arrays.copyOfRange(mad, SaMad.DATA, mad.length));
            isComplete = true;
            return null;
        }
        if (SaMad.RMPP_TYPE.get(m, 0) != SaMad.TYPE_DATA) {
            return null;
        }
        boolean isNext = SaMad.RMPP_SEGMENT.get(m, 0) == last + 1 && !isComplete && data.size() < BYTES_MAX;
        if (isNext) {
            last++;
            head = head == null ? mad.clone() : head;
            isComplete = (flags & SaMad.FLAG_LAST) != 0;
            int payload = SaMad.RMPP_PAYLOAD_LENGTH.get(m, 0) - SaMad.CLASS_HEADER_BYTES;
            int length = isComplete ? Math.clamp(payload, 0, SaMad.DATA_BYTES) : SaMad.DATA_BYTES;
            data.write(mad, SaMad.DATA, length);
        }
        boolean wantsAnswer = isComplete || last % WINDOW == 1 || !isNext;
        return wantsAnswer ? acknowledgement(mad) : null;
    }

    private byte[] acknowledgement(byte[] of) {
        byte[] mad = Arrays.copyOf(Arrays.copyOf(of, SaMad.DATA), Mad.SIZE_BYTES);
        MemorySegment m = MemorySegment.ofArray(mad);
        Mad.METHOD.set(m, 0, Mad.METHOD.get(m, 0) & ~Mad.METHOD_RESPONSE_BIT);
        SaMad.RMPP_TYPE.set(m, 0, SaMad.TYPE_ACK);
        SaMad.RMPP_FLAGS.set(m, 0, SaMad.FLAG_ACTIVE);
        SaMad.RMPP_SEGMENT.set(m, 0, last);
        SaMad.RMPP_NEW_WINDOW_LAST.set(m, 0, last + WINDOW);
        return mad;
    }

    public boolean isComplete() {
        return isComplete;
    }

    /** The first segment: status and attribute offset are in it. */
    public byte[] head() {
        return head.clone();
    }

    public byte[] data() {
        return data.toByteArray();
    }
}
