package org.legoos.managers.processor.socket.unix;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A queue of records (messages) of bytes, each with an attachment: a ring of bytes beside a ring of lengths. Grows as
 * needed and keeps its size, so that steady traffic allocates nothing. Guarded by its {@link Inbox}.
 */
final class RecordRing {
    private byte[] bytes = new byte[0];
    private int start;
    private int used;

    private int[] lengths = new int[8];
    private Ancillary[] attachments = new Ancillary[8];
    private int first;
    private int count;

    int usedBytes() {
        return used;
    }

    int count() {
        return count;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Bytes of the record at {@code index} that are still there. */
    int length(int index) {
        return lengths[slot(index)];
    }

    Ancillary attachment(int index) {
        return attachments[slot(index)];
    }

    void setAttachment(int index, Ancillary attachment) {
        attachments[slot(index)] = attachment;
    }

    private int slot(int index) {
        return (first + index) % lengths.length;
    }

    /** Appends a record, or makes the last one longer when that has the very same attachment and no files. */
    void add(MemorySegment from, long at, int length, Ancillary attachment, boolean mayMerge) {
        reserve(length);
        int end = bytes.length == 0 ? 0 : (start + used) % bytes.length;
        int head = Math.min(length, bytes.length - end);
        MemorySegment.copy(from, ValueLayout.JAVA_BYTE, at, bytes, end, head);
        MemorySegment.copy(from, ValueLayout.JAVA_BYTE, at + head, bytes, 0, length - head);
        used += length;
        if (mayMerge && count > 0 && attachment.files == null && attachment(count - 1) == attachment) {
            lengths[slot(count - 1)] += length;
            return;
        }
        if (count == lengths.length) {
            growRecords();
        }
        lengths[slot(count)] = length;
        attachments[slot(count)] = attachment;
        count++;
    }

    /** Copies bytes from {@code skip} bytes after the beginning of the queue on. */
    void copy(int skip, MemorySegment to, long at, int length) {
        if (length == 0) {
            return;
        }
        int from = (start + skip) % bytes.length;
        int head = Math.min(length, bytes.length - from);
        MemorySegment.copy(bytes, from, to, ValueLayout.JAVA_BYTE, at, head);
        MemorySegment.copy(bytes, 0, to, ValueLayout.JAVA_BYTE, at + head, length - head);
    }

    /** Takes bytes off the first record, and the record when {@code isDone}. */
    void consume(int length, boolean isDone) {
        if (length > 0) {
            start = (start + length) % bytes.length;
            used -= length;
            lengths[first] -= length;
        }
        if (isDone) {
            attachments[first] = null;
            first = (first + 1) % lengths.length;
            count--;
        }
    }

    private void reserve(int length) {
        if (used + length > bytes.length) {
            byte[] larger = new byte[Math.max(Math.max(4096, used + length), bytes.length * 2)];
            int head = Math.min(used, bytes.length - start);
            System.arraycopy(bytes, start, larger, 0, head);
            System.arraycopy(bytes, 0, larger, head, used - head);
            bytes = larger;
            start = 0;
        }
    }

    private void growRecords() {
        int[] moreLengths = new int[count * 2];
        Ancillary[] moreAttachments = new Ancillary[count * 2];
        for (int i = 0; i < count; i++) {
            moreLengths[i] = length(i);
            moreAttachments[i] = attachment(i);
        }
        lengths = moreLengths;
        attachments = moreAttachments;
        first = 0;
    }
}
