package org.legoos.isa.bus;

/** A device on the x86 I/O port bus. {@code offset} is relative to the range that it was mapped at. */
public interface PortDevice {
    int in(int offset, int sizeBytes);

    void out(int offset, int sizeBytes, int value);
}
