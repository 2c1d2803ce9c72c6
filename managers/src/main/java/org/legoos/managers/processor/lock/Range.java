package org.legoos.managers.processor.lock;

/**
 * A lock that is held or wanted.
 *
 * @param owner who: a descriptor table for record locks of a process, an open file otherwise
 * @param pid what F_GETLK tells, -1 for an open file description
 * @param start first byte
 * @param end last byte, Long.MAX_VALUE for the file's end wherever it is
 */
record Range(Object owner, int pid, boolean isWrite, long start, long end) {
    boolean overlaps(Range other) {
        return start <= other.end && other.start <= end;
    }

    boolean conflicts(Range other) {
        return owner != other.owner && overlaps(other) && (isWrite || other.isWrite);
    }

    Range with(long newStart, long newEnd) {
        return new Range(owner, pid, isWrite, newStart, newEnd);
    }
}
