package org.legoos.managers.processor.mm;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.mmu.PageWalker;
import org.legoos.isa.mmu.Walk;

/**
 * User memory access by walking the page tables as the processor does. A line may be evicted by any process at any
 * moment; so each walk with its copy, a page at most, is a section that evictors wait for
 * ({@link #quiesce}) after they have changed the entry and before they use the line. Faults are taken outside.
 */
final class PageTableUserMemory implements UserMemory {
    /** A page that is always gone again before it could be used: the access fails rather than tries for ever. */
    private static final int ATTEMPTS = 10_000;

    private static final VarHandle SECTION;

    static {
        try {
            SECTION = MethodHandles.lookup().findVarHandle(PageTableUserMemory.class, "section", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final PhysicalMemory memory;
    private final ProcessAddressSpace space;
    private final byte[] word = new byte[Long.BYTES];
    private final MemorySegment wordSegment = MemorySegment.ofArray(word);
    private volatile long section; // odd inside
    private boolean faulted;

    PageTableUserMemory(PhysicalMemory memory, ProcessAddressSpace space) {
        this.memory = memory;
        this.space = space;
    }

    /** Waits until no access that began before this call is under way. Any other thread. */
    void quiesce() {
        long now = section;
        int spins = 0;
        while ((now & 1) != 0 && section == now) {
            if (++spins % 100 == 0) {
                Thread.yield();
            } else {
                Thread.onSpinWait();
            }
        }
    }

    void enter() {
        section = section + 1; // volatile: the walk comes after it
    }

    void leave() {
        SECTION.setRelease(this, (long) SECTION.get(this) + 1);
    }

    /**
     * The page for an access, inside a section that the caller leaves; a fault word, outside, when the access is not possible.
     */
    private long open(long guestVa, int access) {
        for (int i = 0; i < ATTEMPTS; i++) {
            enter();
            long walk = PageWalker.walk(memory, space.pageTableRoot(), guestVa, access);
            if (!Walk.isFault(walk)) {
                return walk;
            }
            leave();
            if (space.fault(guestVa, access) != 0) {
                return walk;
            }
        }
        return Walk.fault(0);
    }

    /** Ends an access; translated code of a page that was written is stale. */
    private void close(long walk, int access) {
        if (access == PageWalker.WRITE && (Walk.permissions(walk) & Walk.X) != 0) {
            space.tlb().invalidateCode(Walk.pagePa(walk), PhysicalMemory.PAGE_SIZE);
        }
        leave();
    }

    private long copy(long guestVa, MemorySegment other, long offset, long lengthBytes, int access) {
        long done = 0;
        while (done < lengthBytes) {
            long va = guestVa + done;
            long inPage = va & (PhysicalMemory.PAGE_SIZE - 1);
            long chunk = Math.min(lengthBytes - done, PhysicalMemory.PAGE_SIZE - inPage);
            long walk = open(va, access);
            if (Walk.isFault(walk)) {
                break;
            }
            long pa = Walk.pagePa(walk) + inPage;
            if (access == PageWalker.WRITE) {
                MemorySegment.copy(other, offset + done, memory.segment(), pa, chunk);
            } else {
                MemorySegment.copy(memory.segment(), pa, other, offset + done, chunk);
            }
            close(walk, access);
            done += chunk;
        }
        return done;
    }

    @Override
    public long copyFrom(long guestVa, MemorySegment to, long offset, long lengthBytes) {
        return copy(guestVa, to, offset, lengthBytes, PageWalker.READ);
    }

    @Override
    public long copyTo(long guestVa, MemorySegment from, long offset, long lengthBytes) {
        return copy(guestVa, from, offset, lengthBytes, PageWalker.WRITE);
    }

    @Override
    public int read(long guestVa, byte[] to, int offset, int lengthBytes) {
        return (int) copy(guestVa, MemorySegment.ofArray(to), offset, lengthBytes, PageWalker.READ);
    }

    @Override
    public int write(long guestVa, byte[] from, int offset, int lengthBytes) {
        return (int) copy(guestVa, MemorySegment.ofArray(from), offset, lengthBytes, PageWalker.WRITE);
    }

    @Override
    public long getLong(long guestVa) {
        faulted = copy(guestVa, wordSegment, 0, Long.BYTES, PageWalker.READ) != Long.BYTES;
        return faulted ? 0 : wordSegment.get(ValueLayout.JAVA_LONG_UNALIGNED, 0);
    }

    @Override
    public int getInt(long guestVa) {
        faulted = copy(guestVa, wordSegment, 0, Integer.BYTES, PageWalker.READ) != Integer.BYTES;
        return faulted ? 0 : wordSegment.get(ValueLayout.JAVA_INT_UNALIGNED, 0);
    }

    @Override
    public boolean putLong(long guestVa, long value) {
        wordSegment.set(ValueLayout.JAVA_LONG_UNALIGNED, 0, value);
        return copy(guestVa, wordSegment, 0, Long.BYTES, PageWalker.WRITE) == Long.BYTES;
    }

    @Override
    public boolean putInt(long guestVa, int value) {
        wordSegment.set(ValueLayout.JAVA_INT_UNALIGNED, 0, value);
        return copy(guestVa, wordSegment, 0, Integer.BYTES, PageWalker.WRITE) == Integer.BYTES;
    }

    @Override
    public int compareAndSetInt(long guestVa, int expected, int value, BooleanSupplier isExclusive) {
        long walk = open(guestVa, PageWalker.WRITE);
        if (Walk.isFault(walk)) {
            return FAULTED;
        }
        long pa = Walk.pagePa(walk) + (guestVa & (PhysicalMemory.PAGE_SIZE - 1));
        int result = NOT_EXCLUSIVE;
        if (isExclusive.getAsBoolean()) {
            boolean isAsExpected = memory.segment().get(ValueLayout.JAVA_INT, pa) == expected;
            if (isAsExpected) {
                memory.segment().set(ValueLayout.JAVA_INT, pa, value);
            }
            result = isAsExpected ? STORED : OTHER_VALUE;
        }
        close(walk, PageWalker.WRITE);
        return result;
    }

    @Override
    public boolean faulted() {
        return faulted;
    }

    @Override
    public byte[] readString(long guestVa, int maxBytes) {
        byte[] out = new byte[Math.min(maxBytes + 1, 256)];
        int length = 0;
        while (length <= maxBytes) {
            long va = guestVa + length;
            int toPageEnd = (int) (PhysicalMemory.PAGE_SIZE - (va & (PhysicalMemory.PAGE_SIZE - 1)));
            int chunk = Math.min(toPageEnd, maxBytes + 1 - length);
            if (length + chunk > out.length) {
                out = Arrays.copyOf(out, length + chunk);
            }
            int got = read(va, out, length, chunk);
            for (int i = length; i < length + got; i++) {
                if (out[i] == 0) {
                    return Arrays.copyOf(out, i);
                }
            }
            if (got < chunk) {
                return null;
            }
            length += chunk;
        }
        return null;
    }
}
