package org.legoos.managers.processor.fs;

/** Those who may write to a file, or those who execute it: never both (ETXTBSY; i_writecount of Linux's inode). Thread-safe. */
public final class WriteCount implements Execution.Text {
    private int count; // of writers; below zero: of executions; guarded by this

    /** Someone wants to write. @return false while it is being executed */
    public synchronized boolean allowWriter() {
        boolean allows = count >= 0;
        count += allows ? 1 : 0;
        return allows;
    }

    public synchronized void writerGone() {
        count--;
    }

    @Override
    public synchronized boolean allowExecution() {
        boolean allows = count <= 0;
        count -= allows ? 1 : 0;
        return allows;
    }

    public synchronized boolean isExecuting() {
        return count < 0;
    }

    @Override
    public synchronized void executionEnded() {
        count++;
    }
}
