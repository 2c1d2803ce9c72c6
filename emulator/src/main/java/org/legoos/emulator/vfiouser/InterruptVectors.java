package org.legoos.emulator.vfiouser;

import org.legoos.isa.irq.VectorSink;
import org.legoos.isa.libc.Descriptor;

/**
 * The events that the client gave for the MSI-X vectors. A vector without one (masked in the virtual machine, or not
 * asked for yet) remembers that it was raised, as a pending bit does, and is told once when it gets its event.
 */
final class InterruptVectors implements VectorSink {
    /** One vector; its monitor makes sure that a descriptor is not closed, and reused, under a raise. */
    private static final class Vector {
        int event = Descriptor.NONE; // guarded by this
        boolean isPending; // guarded by this
    }

    private final Vector[] vectors;
    private volatile boolean isEnabled;

    InterruptVectors(int count) {
        vectors = new Vector[count];
        for (int i = 0; i < count; i++) {
            vectors[i] = new Vector();
        }
    }

    int count() {
        return vectors.length;
    }

    @Override
    public void raise(int number) {
        Vector vector = vectors[number];
        synchronized (vector) {
            if (vector.event != Descriptor.NONE) {
                Descriptor.signalEvent(vector.event);
            } else {
                vector.isPending = isEnabled;
            }
        }
    }

    /** MSI-X is on; vectors without an event are masked. */
    void enable() {
        isEnabled = true;
    }

    /** Gives a vector its event, which is then ours, or takes it away (NONE). */
    void connect(int number, int event) {
        Vector vector = vectors[number];
        if (event != Descriptor.NONE) {
            Descriptor.setNonBlocking(event);
        }
        synchronized (vector) {
            Descriptor.close(vector.event);
            vector.event = event;
            if (event != Descriptor.NONE && vector.isPending) {
                vector.isPending = false;
                Descriptor.signalEvent(event);
            }
        }
    }

    /** MSI-X is off: nothing is raised and nothing remembered. */
    void disable() {
        isEnabled = false;
        for (Vector vector : vectors) {
            synchronized (vector) {
                Descriptor.close(vector.event);
                vector.event = Descriptor.NONE;
                vector.isPending = false;
            }
        }
    }
}
