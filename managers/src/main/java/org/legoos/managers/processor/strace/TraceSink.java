package org.legoos.managers.processor.strace;

/** Where trace lines go. Any thread may call; lines come without a line end. */
@FunctionalInterface
public interface TraceSink {
    void line(int pid, String text);
}
