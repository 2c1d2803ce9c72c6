package org.legoos.mlx4.fabric;

import java.lang.foreign.MemorySegment;

/** Answers subnet management requests (Get) about one port in place, from any thread, without changing anything. */
@FunctionalInterface
public interface PortAgent {
    /**
     * Turns a request into its response, its status in the header; false when it does not answer.
     *
     * @param mad a LID-routed Get
     */
    boolean answer(MemorySegment mad);
}
