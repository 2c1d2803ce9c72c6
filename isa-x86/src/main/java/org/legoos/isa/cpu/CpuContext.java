package org.legoos.isa.cpu;

/** A saved user-mode machine state (all registers incl. x87/SSE and segment bases) of the engine that made it; its registers can be read and changed. */
public interface CpuContext extends CpuState, AutoCloseable {
    @Override
    void close();
}
