package org.legoos.isa.irq;

/**
 * Where a device's message-signalled interrupt goes: the platform's interrupt controller, or an eventfd
 * of a vfio-user client. May be called on any thread; must not block.
 */
public interface MsiSink {
    void msi(long address, int data);
}
