package org.legoos.isa.pci;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import org.legoos.isa.bus.MmioDevice;
import org.legoos.isa.irq.MsiSink;
import org.legoos.isa.irq.VectorSink;

/**
 * The MSI-X half of a function (PCI Local Bus 3.0, 6.8.2): vector table and pending bits, which the device
 * shows inside a BAR through {@link #table} and {@link #pba}, and the way out for its interrupts.
 *
 * <p>{@link #raise} may be called on any thread, takes no lock and allocates nothing. A vector that is
 * masked, or whose function is masked or may not master the bus, goes pending, and is sent once when the
 * last of that ends. While MSI-X is disabled, raises are dropped. A table that {@link #keptElsewhere} shows the same
 * registers, but passes every raise on by number: masking is then done where the real table is.
 */
public final class MsixTable {
    public static final int ENTRY_BYTES = 16;
    public static final int MAX_VECTORS = 2048;

    private static final int ADDRESS_LOW = 0; // words of an entry
    private static final int ADDRESS_HIGH = 1;
    private static final int DATA = 2;
    private static final int CONTROL = 3;
    private static final int ENTRY_WORDS = 4;
    private static final int CONTROL_MASKED = 1;
    private static final int ADDRESS_LOW_MASK = ~3; // messages are dword aligned

    private static final VarHandle PENDING = MethodHandles.arrayElementVarHandle(long[].class);

    private final int vectorCount;
    private final MsiSink sink;
    private final VectorSink elsewhere; // null: this table decides
    private final AtomicIntegerArray words;
    private final long[] pending; // through PENDING only
    private final LongAdder badVectors = new LongAdder();
    private final MmioDevice table = new Table();
    private final MmioDevice pba = new PendingBits();
    private volatile boolean isEnabled;
    private volatile boolean isOpen; // enabled, function not masked, may master the bus

    public MsixTable(int vectorCount, MsiSink sink) {
        this(vectorCount, sink, null);
    }

    /** The function's side of a table that somebody else keeps. */
    public static MsixTable keptElsewhere(int vectorCount, VectorSink vectors) {
        return new MsixTable(vectorCount, (address, data) -> { }, vectors);
    }

    private MsixTable(int vectorCount, MsiSink sink, VectorSink elsewhere) {
        if (vectorCount < 1 || vectorCount > MAX_VECTORS) {
            throw new IllegalArgumentException("MSI-X vectors: " + vectorCount);
        }
        this.vectorCount = vectorCount;
        this.sink = sink;
        this.elsewhere = elsewhere;
        words = new AtomicIntegerArray(vectorCount * ENTRY_WORDS);
        pending = new long[(vectorCount + Long.SIZE - 1) / Long.SIZE];
        reset();
    }

    public int vectorCount() {
        return vectorCount;
    }

    public boolean isEnabled() {
        return isEnabled;
    }

    /** The device has something to say on this vector. */
    public void raise(int vector) {
        if (vector < 0 || vector >= vectorCount) {
            badVectors.increment();
            return;
        }
        if (elsewhere != null) {
            elsewhere.raise(vector);
        } else if (maySend(vector)) {
            send(vector);
        } else if (isEnabled) {
            PENDING.getAndBitwiseOr(pending, vector / Long.SIZE, 1L << vector);
            sendPending(vector); // whoever unmasked in between may not have seen our bit
        }
    }

    /** Raises of vectors that the table does not have. */
    public long badVectorCount() {
        return badVectors.sum();
    }

    /** The vector table, {@link #vectorCount} times {@link #ENTRY_BYTES}, as a region from offset 0. */
    public MmioDevice table() {
        return table;
    }

    /** The pending-bit array as a region from offset 0. */
    public MmioDevice pba() {
        return pba;
    }

    public int tableBytes() {
        return vectorCount * ENTRY_BYTES;
    }

    public int pbaBytes() {
        return pending.length * Long.BYTES;
    }

    /** Called by the configuration space when message control or the command register changed. */
    void setState(boolean enabled, boolean functionMasked, boolean busMaster) {
        isEnabled = enabled;
        isOpen = enabled && !functionMasked && busMaster;
        if (isOpen) {
            for (int vector = 0; vector < vectorCount; vector++) {
                sendPending(vector);
            }
        }
    }

    void reset() {
        isEnabled = false;
        isOpen = false;
        for (int i = 0; i < words.length(); i++) {
            words.set(i, i % ENTRY_WORDS == CONTROL ? CONTROL_MASKED : 0);
        }
        for (int i = 0; i < pending.length; i++) {
            PENDING.setVolatile(pending, i, 0L);
        }
    }

    private boolean maySend(int vector) {
        return isOpen && (words.get(vector * ENTRY_WORDS + CONTROL) & CONTROL_MASKED) == 0;
    }

    private void sendPending(int vector) {
        long bit = 1L << vector;
        long seen = (long) PENDING.getVolatile(pending, vector / Long.SIZE);
        if ((seen & bit) == 0 || !maySend(vector)) {
            return;
        }
        long before = (long) PENDING.getAndBitwiseAnd(pending, vector / Long.SIZE, ~bit);
        if ((before & bit) != 0) {
            send(vector);
        }
    }

    private void send(int vector) {
        int entry = vector * ENTRY_WORDS;
        long low = Integer.toUnsignedLong(words.get(entry + ADDRESS_LOW));
        long high = Integer.toUnsignedLong(words.get(entry + ADDRESS_HIGH));
        sink.msi(high << Integer.SIZE | low, words.get(entry + DATA));
    }

    private void writeWord(int word, int value) {
        switch (word % ENTRY_WORDS) {
            case ADDRESS_LOW -> words.set(word, value & ADDRESS_LOW_MASK);
            case CONTROL -> {
                words.set(word, value & CONTROL_MASKED);
                sendPending(word / ENTRY_WORDS);
            }
            default -> words.set(word, value);
        }
    }

    /** Only aligned 4- and 8-byte accesses are defined; others read as ones and are not written. */
    private static boolean isDefined(long offset, int sizeBytes, int regionBytes) {
        return (sizeBytes == Integer.BYTES || sizeBytes == Long.BYTES)
                && offset >= 0
                && offset % sizeBytes == 0
                && offset <= regionBytes - sizeBytes;
    }

    private final class Table implements MmioDevice {
        @Override
        public long read(long offset, int sizeBytes) {
            if (!isDefined(offset, sizeBytes, tableBytes())) {
                return -1;
            }
            int word = (int) (offset / Integer.BYTES);
            long low = Integer.toUnsignedLong(words.get(word));
            return sizeBytes == Integer.BYTES ? low : (long) words.get(word + 1) << Integer.SIZE | low;
        }

        @Override
        public void write(long offset, int sizeBytes, long value) {
            if (!isDefined(offset, sizeBytes, tableBytes())) {
                return;
            }
            int word = (int) (offset / Integer.BYTES);
            writeWord(word, (int) value);
            if (sizeBytes == Long.BYTES) {
                writeWord(word + 1, (int) (value >>> Integer.SIZE));
            }
        }
    }

    private final class PendingBits implements MmioDevice {
        @Override
        public long read(long offset, int sizeBytes) {
            if (!isDefined(offset, sizeBytes, pbaBytes())) {
                return -1;
            }
            long word = (long) PENDING.getVolatile(pending, (int) (offset / Long.BYTES));
            return word >>> (offset % Long.BYTES * Byte.SIZE);
        }

        @Override
        public void write(long offset, int sizeBytes, long value) {
            // Read-only to software.
        }
    }
}
