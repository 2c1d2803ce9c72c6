package org.legoos.isa.cpu;

/** A saved user-mode machine state (all registers incl. x87/SSE and segment bases) of the engine that made it. */
public interface CpuContext extends AutoCloseable {
    @Override
    void close();
}
