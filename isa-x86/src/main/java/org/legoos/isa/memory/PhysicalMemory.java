package org.legoos.isa.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.legoos.isa.libc.Libc;

/**
 * The RAM of one node: guest-physical addresses 0 to size-1, one lazily committed anonymous mapping
 * (a 64 GiB node costs nothing until it is touched). Little-endian accessors for the kernel, which
 * owns every address that it passes (out of range is our bug and throws); devices go through {@link Dma}.
 */
public final class PhysicalMemory implements Dma, AutoCloseable {
    /** Largest node: what the original's servers could hold, and far below the host's address space. */
    public static final long MAX_SIZE_BYTES = 64L << 30;

    public static final int PAGE_SHIFT = 12;
    public static final int PAGE_SIZE = 1 << PAGE_SHIFT;

    private static final ValueLayout.OfShort SHORT_LE = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT_LE = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG_LE = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final VarHandle ATOMIC_LONG = ValueLayout.JAVA_LONG.varHandle();

    private final MemorySegment ram;

    private PhysicalMemory(MemorySegment ram) {
        this.ram = ram;
    }

    /** Maps a node's RAM; sizeBytes is a multiple of the page size, at most {@link #MAX_SIZE_BYTES}. */
    public static PhysicalMemory ofSize(long sizeBytes) {
        if (sizeBytes <= 0 || sizeBytes > MAX_SIZE_BYTES || (sizeBytes & (PAGE_SIZE - 1)) != 0) {
            throw new IllegalArgumentException("physical memory size " + sizeBytes);
        }
        return new PhysicalMemory(Libc.mapWhileReachable(sizeBytes));
    }

    public long sizeBytes() {
        return ram.byteSize();
    }

    /** The whole RAM; guestPa is the offset. */
    public MemorySegment segment() {
        return ram;
    }

    @Override
    public MemorySegment backing(long guestPa, long lengthBytes) {
        return guestPa >= 0 && lengthBytes >= 0 && guestPa <= ram.byteSize() - lengthBytes ? ram : null;
    }

    @Override
    public long offset(long guestPa) {
        return guestPa;
    }

    public byte getByte(long guestPa) {
        return ram.get(ValueLayout.JAVA_BYTE, guestPa);
    }

    public void putByte(long guestPa, byte value) {
        ram.set(ValueLayout.JAVA_BYTE, guestPa, value);
    }

    public short getShort(long guestPa) {
        return ram.get(SHORT_LE, guestPa);
    }

    public void putShort(long guestPa, short value) {
        ram.set(SHORT_LE, guestPa, value);
    }

    public int getInt(long guestPa) {
        return ram.get(INT_LE, guestPa);
    }

    public void putInt(long guestPa, int value) {
        ram.set(INT_LE, guestPa, value);
    }

    public long getLong(long guestPa) {
        return ram.get(LONG_LE, guestPa);
    }

    public void putLong(long guestPa, long value) {
        ram.set(LONG_LE, guestPa, value);
    }

    /** 8-byte aligned load that later accesses cannot pass (page-table entries). */
    public long getLongAcquire(long guestPa) {
        return (long) ATOMIC_LONG.getAcquire(ram, guestPa);
    }

    /** 8-byte aligned store that earlier accesses cannot pass (page-table entries). */
    public void putLongRelease(long guestPa, long value) {
        ATOMIC_LONG.setRelease(ram, guestPa, value);
    }

    /** 8-byte aligned compare-and-set. */
    public boolean compareAndSetLong(long guestPa, long expected, long value) {
        return ATOMIC_LONG.compareAndSet(ram, guestPa, expected, value);
    }

    public void copy(long fromPa, long toPa, long lengthBytes) {
        MemorySegment.copy(ram, fromPa, ram, toPa, lengthBytes);
    }

    public void read(long guestPa, byte[] to, int offset, int length) {
        MemorySegment.copy(ram, ValueLayout.JAVA_BYTE, guestPa, to, offset, length);
    }

    public void write(long guestPa, byte[] from, int offset, int length) {
        MemorySegment.copy(from, offset, ram, ValueLayout.JAVA_BYTE, guestPa, length);
    }

    public void zero(long guestPa, long lengthBytes) {
        ram.asSlice(guestPa, lengthBytes).fill((byte) 0);
    }

    /** Gives whole pages back to the host; they read as zero afterwards. */
    public void discard(long guestPa, long lengthBytes) {
        Libc.discard(ram, guestPa, lengthBytes);
    }

    /** Gives all pages back to the host. The range stays mapped (and reads as zero) while anybody can reach it. */
    @Override
    public void close() {
        discard(0, ram.byteSize());
    }
}
