package org.legoos.managers.processor.mm;

import java.util.function.BooleanSupplier;

/** A debugger's write to pages that their program may not write: breakpoints go into code. */
public final class ForcedWrite {
    private ForcedWrite() {}

    /**
     * Makes private pages writable for the moment; all threads of the program that matter stand still.
     *
     * @return what the write returns; false when no private range covers [va, va + lengthBytes)
     */
    public static boolean run(AddressSpace space, long va, long lengthBytes, BooleanSupplier write) {
        long firstVa = va & -Linux.PAGE_BYTES;
        long endVa = Linux.pageUp(va + lengthBytes);
        int[] prot = {-1};
        space.forEachRange((startVa, rangeEndVa, itsProt, flags, offset, name) -> {
            if (startVa <= firstVa && endVa <= rangeEndVa && (flags & Linux.MAP_SHARED) == 0) {
                prot[0] = itsProt;
            }
        });
        if (prot[0] < 0 || space.mprotect(firstVa, endVa - firstVa, prot[0] | Linux.PROT_WRITE) != 0) {
            return false;
        }
        boolean isDone = write.getAsBoolean();
        space.mprotect(firstVa, endVa - firstVa, prot[0]);
        return isDone;
    }
}
