package org.legoos.managers.processor.core;

/** What a thread, or a process, has read and written by read(2), write(2) and their relatives: /proc/PID/io. */
public final class IoCounts {
    public long readBytes;
    public long writtenBytes;
    public long reads;
    public long writes;

    /** @param done what the call answers, which this passes on */
    public long read(long done) {
        reads++;
        readBytes += Math.max(0, done);
        return done;
    }

    public long written(long done) {
        writes++;
        writtenBytes += Math.max(0, done);
        return done;
    }

    void add(IoCounts other) {
        readBytes += other.readBytes;
        writtenBytes += other.writtenBytes;
        reads += other.reads;
        writes += other.writes;
    }
}
