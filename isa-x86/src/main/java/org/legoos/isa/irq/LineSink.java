package org.legoos.isa.irq;

/**
 * Where a device's interrupt pin goes (INTx): a level, not an edge. May be called on any thread, with the same level
 * again, too; must not block.
 */
@FunctionalInterface
public interface LineSink {
    /** A pin that is wired to nothing. */
    LineSink NOT_CONNECTED = level -> { };

    void set(boolean isAsserted);
}
