package org.legoos.isa.irq;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * The machine's interrupt controller, seen from both sides: devices raise, the kernel claims vectors.
 * A handler runs on the raising thread: it must be short, must not block and must not throw; usually it
 * wakes a waiter. Stands for local APIC and I/O APIC together; there are no priorities.
 */
public final class InterruptController implements MsiSink {
    /** MSI address of the local APIC (Intel SDM vol. 3, 10.11.1). */
    public static final long MSI_BASE = 0xfee0_0000L;

    private static final long MSI_WINDOW_MASK = -1L << 20; // the rest tells which processors; here all are one
    private static final int VECTOR_MASK = 0xff; // of the message data
    private static final int VECTOR_COUNT = 256;
    private static final int ISA_LINE_COUNT = 16;

    /** ISA line n is vector 0x30 + n, as on a PC under Linux; MSI vectors are above. */
    private static final int ISA_FIRST_VECTOR = 0x30;

    private static final int MSI_FIRST_VECTOR = ISA_FIRST_VECTOR + ISA_LINE_COUNT;
    private static final int SPURIOUS_VECTOR = 0xff;

    private record Claim(String name, Runnable handler) {}

    private final AtomicReferenceArray<Claim> claims = new AtomicReferenceArray<>(VECTOR_COUNT);
    private final AtomicLongArray counts = new AtomicLongArray(VECTOR_COUNT);
    private final LongAdder spurious = new LongAdder();

    /**
     * Claims a free vector for MSI use; the message is {@link #MSI_BASE} and the vector as data.
     *
     * @throws IllegalStateException when all vectors are taken
     */
    public int allocateVector(String name, Runnable handler) {
        Claim claim = new Claim(name, handler);
        for (int vector = MSI_FIRST_VECTOR; vector < SPURIOUS_VECTOR; vector++) {
            if (claims.compareAndSet(vector, null, claim)) {
                counts.set(vector, 0);
                return vector;
            }
        }
        throw new IllegalStateException("no interrupt vector left for " + name);
    }

    public void freeVector(int vector) {
        claims.set(vector, null);
    }

    @Override
    public void msi(long address, int data) {
        if ((address & MSI_WINDOW_MASK) != MSI_BASE) {
            spurious.increment();
            return;
        }
        deliver(data & VECTOR_MASK);
    }

    /** Claims an edge-triggered ISA line (4 = ttyS0, 3 = ttyS1); throws when somebody has it. */
    public void requestIsaLine(int line, String name, Runnable handler) {
        if (!claims.compareAndSet(isaVector(line), null, new Claim(name, handler))) {
            throw new IllegalStateException("ISA interrupt " + line + " is taken");
        }
    }

    public void freeIsaLine(int line) {
        freeVector(isaVector(line));
    }

    /** A device raises its ISA line; lost (and counted as spurious) when nobody claimed it. */
    public void raiseIsaLine(int line) {
        deliver(isaVector(line));
    }

    /** Interrupts that nobody had claimed, and MSI writes outside the local APIC's window. */
    public long spuriousCount() {
        return spurious.sum();
    }

    /** How often the vector's handler was called (/proc/interrupts). */
    public long count(int vector) {
        return counts.get(vector);
    }

    /** Who claimed the vector, or null. */
    public String name(int vector) {
        Claim claim = claims.get(vector);
        return claim == null ? null : claim.name;
    }

    /** The vector that an ISA line arrives at. */
    public static int isaVector(int line) {
        if (line < 0 || line >= ISA_LINE_COUNT) {
            throw new IllegalArgumentException("ISA interrupt " + line);
        }
        return ISA_FIRST_VECTOR + line;
    }

    private void deliver(int vector) {
        Claim claim = claims.get(vector);
        if (claim == null) {
            spurious.increment();
            return;
        }
        counts.incrementAndGet(vector);
        claim.handler.run();
    }
}
