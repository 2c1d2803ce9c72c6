package org.legoos.managers.processor.mm;

import java.util.ArrayList;
import java.util.List;
import org.legoos.isa.mmu.PageWalker;

/** The shared memory that an address space maps: each is used once, however many ranges show it. Guarded by the address space. */
final class MappedObjects {
    private final List<SharedObject> used = new ArrayList<>(0);

    /** @param object may be null */
    void use(SharedObject object) {
        if (object != null && !used.contains(object)) {
            object.retain();
            used.add(object);
        }
    }

    /** See {@link AddressSpace#share}. @return the ranges from now on */
    RangeMap share(RangeMap ranges, String path, SharedObject object) {
        RangeMap shared = ranges;
        for (int i = 0; i < ranges.count(); i++) {
            Range range = ranges.get(i);
            if (path.equals(range.path()) && range.object() == null && !range.isShared() && !range.allows(PageWalker.WRITE)) {
                use(object);
                shared = shared.with(range.withObject(object));
            }
        }
        return shared;
    }

    /** Gives back what no range maps any more. */
    void releaseUnused(RangeMap ranges) {
        for (int i = used.size() - 1; i >= 0; i--) {
            SharedObject object = used.get(i);
            if (!ranges.uses(object)) {
                used.remove(i);
                object.release();
            }
        }
    }
}
