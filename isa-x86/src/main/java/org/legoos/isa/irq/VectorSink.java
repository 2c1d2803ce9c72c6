package org.legoos.isa.irq;

/**
 * Where a device's MSI-X interrupts go when somebody else keeps its vector table: a vfio-user client or VFIO hands
 * over one event for each vector, and masks on its own. May be called on any thread; must not block.
 */
public interface VectorSink {
    void raise(int vector);
}
