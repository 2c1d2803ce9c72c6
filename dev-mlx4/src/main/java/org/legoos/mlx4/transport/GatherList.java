package org.legoos.mlx4.transport;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The data of a work request: a list of (lkey, va, length), or bytes that were inline in the WQE, or (management
 * packets, whose headers are inline) both in turn. Filled by the card when it fetches the WQE, read back by the
 * card's gather and scatter; the transport only counts bytes. Reused for ever; the arrays grow to what one WQE can
 * hold.
 */
public final class GatherList {
    /** Data segments in the largest WQE (1008 bytes). */
    public static final int ENTRIES_MAX = 62;
    /** Inline bytes in the largest WQE. */
    public static final int INLINE_MAX = 1008;

    private int[] keys = new int[4];
    private long[] addresses = new long[4];
    private int[] lengths = new int[4];
    private int count;
    private long lengthBytes;
    private boolean inline; // some bytes are
    private long inlineEntries; // bit per entry: its address is an offset into the inline bytes
    private int inlineUsed;
    private byte[] inlineBytes; // made when first needed
    private MemorySegment inlineSegment; // the same bytes

    public void clear() {
        count = 0;
        lengthBytes = 0;
        inline = false;
        inlineEntries = 0;
        inlineUsed = 0;
    }

    /** Adds a data segment; false when there are more than a WQE can hold. */
    public boolean add(int lkey, long va, int length) {
        if (count == 0 && inline) {
            addEntry(0, 0, inlineUsed);
            inlineEntries = 1;
        }
        if (!addEntry(lkey, va, length)) {
            return false;
        }
        lengthBytes += length & 0x7fffffff;
        return true;
    }

    private boolean addEntry(int lkey, long va, int length) {
        if (count == ENTRIES_MAX) {
            return false;
        }
        if (count == keys.length) {
            int grown = Math.min(ENTRIES_MAX, count * 4);
            keys = Arrays.copyOf(keys, grown);
            addresses = Arrays.copyOf(addresses, grown);
            lengths = Arrays.copyOf(lengths, grown);
        }
        keys[count] = lkey;
        addresses[count] = va;
        lengths[count] = length;
        count++;
        return true;
    }

    /**
     * Makes room for length inline bytes behind those already there: write them to {@link #inlineBytes()} from
     * the returned offset. -1 when they cannot come from one WQE.
     */
    public int addInline(int length) {
        if (inlineBytes == null) {
            inlineBytes = new byte[INLINE_MAX];
            inlineSegment = MemorySegment.ofArray(inlineBytes);
        }
        int at = inlineUsed;
        if (length < 0 || length > INLINE_MAX - inlineUsed) {
            return -1;
        }
        if (count > 0) { // behind data segments it is an entry of its own
            if (!addEntry(0, at, length)) {
                return -1;
            }
            inlineEntries |= 1L << count - 1;
        }
        inline = true;
        inlineUsed += length;
        lengthBytes += length;
        return at;
    }

    /** Are all bytes inline, without a list of entries? */
    public boolean isInline() {
        return inline && count == 0;
    }

    /** Are some bytes inline? */
    public boolean hasInline() {
        return inline;
    }

    /** Is the entry's {@link #address} an offset into {@link #inlineBytes()}? */
    public boolean isInlineEntry(int index) {
        return (inlineEntries >>> index & 1) != 0;
    }

    public byte[] inlineBytes() {
        return inlineBytes;
    }

    /** {@link #inlineBytes()} as packets take them. */
    public MemorySegment inlineSegment() {
        return inlineSegment;
    }

    public int count() {
        return count;
    }

    public int key(int index) {
        return keys[index];
    }

    public long address(int index) {
        return addresses[index];
    }

    public int length(int index) {
        return lengths[index];
    }

    public long lengthBytes() {
        return lengthBytes;
    }
}
