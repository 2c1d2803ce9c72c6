package org.legoos.managers.processor.mm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.legoos.isa.mmu.Pte;

/**
 * The ranges of an address space in order of address. Never changes: an edit makes a new map, so that faulting threads look up
 * ranges without a lock and without allocating, and can tell that the map is another one.
 */
final class RangeMap {
    static final RangeMap EMPTY = new RangeMap(new Range[0]);

    private final Range[] ranges;

    private RangeMap(Range[] ranges) {
        this.ranges = ranges;
    }

    int count() {
        return ranges.length;
    }

    Range get(int index) {
        return ranges[index];
    }

    /** Index of the first range that ends after va; {@link #count} if there is none. */
    int firstEndingAfter(long va) {
        int low = 0;
        int high = ranges.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ranges[middle].endVa() > va) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The range that va lies in, or null. */
    Range find(long va) {
        int index = firstEndingAfter(va);
        return index < ranges.length && ranges[index].startVa() <= va ? ranges[index] : null;
    }

    /** With [startVa, endVa) unmapped. */
    RangeMap without(long startVa, long endVa) {
        return edit(startVa, endVa, List.of());
    }

    /** With the range in place of whatever was there. */
    RangeMap with(Range range) {
        return edit(range.startVa(), range.endVa(), List.of(range));
    }

    /** With the mapped parts of [startVa, endVa), up to the first hole, given another protection. */
    RangeMap withProt(long startVa, long endVa, int prot) {
        List<Range> changed = new ArrayList<>();
        long at = startVa;
        for (int i = firstEndingAfter(startVa); at < endVa && i < ranges.length && ranges[i].startVa() <= at; i++) {
            long to = Math.min(ranges[i].endVa(), endVa);
            changed.add(ranges[i].part(at, to).withProt(prot));
            at = to;
        }
        return edit(startVa, at, changed);
    }

    /** With flags of the mapped parts of [startVa, endVa) set and cleared. */
    RangeMap withFlags(long startVa, long endVa, int set, int cleared) {
        RangeMap map = this;
        for (int i = firstEndingAfter(startVa); i < ranges.length && ranges[i].startVa() < endVa; i++) {
            Range part = ranges[i].part(Math.max(startVa, ranges[i].startVa()), Math.min(endVa, ranges[i].endVa()));
            map = map.with(part.withFlags(part.flags() & ~cleared | set));
        }
        return map;
    }

    /** With the anonymous parts of [startVa, endVa) given a name, null for none. */
    RangeMap withName(long startVa, long endVa, String name) {
        RangeMap map = this;
        for (int i = firstEndingAfter(startVa); i < ranges.length && ranges[i].startVa() < endVa; i++) {
            if (ranges[i].isNameable()) {
                map = map.with(ranges[i].part(Math.max(startVa, ranges[i].startVa()), Math.min(endVa, ranges[i].endVa())).withName(name));
            }
        }
        return map;
    }

    /** Where the first hole at or after startVa is, at most endVa. */
    long coveredUntil(long startVa, long endVa) {
        long at = startVa;
        for (int i = firstEndingAfter(startVa); at < endVa && i < ranges.length && ranges[i].startVa() <= at; i++) {
            at = Math.min(ranges[i].endVa(), endVa);
        }
        return at;
    }

    private RangeMap edit(long startVa, long endVa, List<Range> inserted) {
        if (startVa >= endVa) {
            return this;
        }
        int from = firstEndingAfter(startVa);
        int to = firstEndingAfter(endVa - 1);
        boolean cutsLast = to < ranges.length && ranges[to].startVa() < endVa;
        List<Range> out = new ArrayList<>(ranges.length + 3);
        out.addAll(Arrays.asList(ranges).subList(0, from));
        if (from < ranges.length && ranges[from].startVa() < startVa) {
            append(out, ranges[from].part(ranges[from].startVa(), startVa));
        }
        for (Range range : inserted) {
            append(out, range);
        }
        if (cutsLast && ranges[to].endVa() > endVa) {
            append(out, ranges[to].part(endVa, ranges[to].endVa()));
        }
        int rest = cutsLast ? to + 1 : to;
        if (rest < ranges.length) {
            append(out, ranges[rest]);
            out.addAll(Arrays.asList(ranges).subList(rest + 1, ranges.length));
        }
        return new RangeMap(out.toArray(Range[]::new));
    }

    private static void append(List<Range> out, Range range) {
        Range last = out.isEmpty() ? null : out.getLast();
        if (last != null && last.continuesInto(range)) {
            out.removeLast();
            out.add(last.movedTo(last.startVa(), range.endVa()));
        } else {
            out.add(range);
        }
    }

    /** Whether any range maps this shared memory. */
    boolean uses(SharedObject object) {
        for (Range range : ranges) {
            if (range.object() == object) {
                return true;
            }
        }
        return false;
    }

    /** The last range of this name, or null: the heap may be several, if mprotect has split it. */
    Range lastNamed(String name) {
        Range found = null;
        for (Range range : ranges) {
            found = name.equals(range.name()) ? range : found;
        }
        return found;
    }

    /** The right to write to private pages of shared memory comes with a copy at the next write: a mask of rights without it. */
    long withoutCopy(long startVa, long endVa) {
        for (int i = firstEndingAfter(startVa); i < ranges.length && ranges[i].startVa() < endVa; i++) {
            if (ranges[i].object() != null && !ranges[i].isShared()) {
                return ~Pte.WRITABLE;
            }
        }
        return -1;
    }

    /** Whether any of it must not become writable. */
    boolean isNeverWritable(long startVa, long endVa) {
        for (int i = firstEndingAfter(startVa); i < ranges.length && ranges[i].startVa() < endVa; i++) {
            if ((ranges[i].flags() & Linux.NEVER_WRITABLE) != 0) {
                return true;
            }
        }
        return false;
    }

    /** {@link AddressSpace#objectAt} of the address space {@code whole}. */
    Object objectAt(long guestVa, Object whole) {
        Range range = find(guestVa);
        if (range == null) {
            return null;
        }
        if (range.isOfObject()) {
            return range.object();
        }
        return range.isShared() && range.path() != null ? range.path() : whole;
    }

    long objectOffset(long guestVa) {
        Range range = find(guestVa);
        boolean isOfObject = range != null && (range.isOfObject() || range.isShared() && range.path() != null);
        return isOfObject ? guestVa - range.startVa() + range.fileOffset() : guestVa;
    }

    /** Whether all of it is mapped, and as private anonymous memory. */
    boolean isPrivateAnonymous(long startVa, long endVa) {
        if (coveredUntil(startVa, endVa) != endVa) {
            return false;
        }
        for (int i = firstEndingAfter(startVa); i < count() && get(i).startVa() < endVa; i++) {
            Range range = get(i);
            if (range.isShared() || !range.isAnonymous() || range.object() != null || range.growsDown()) {
                return false;
            }
        }
        return true;
    }

    /** As {@link AddressSpace#sharesWritable}. */
    boolean sharesWritable() {
        for (Range range : ranges) {
            if (range.isOfObject() && (range.prot() & Linux.PROT_WRITE) != 0) {
                return true;
            }
        }
        return false;
    }

    long mappedBytes() {
        long sum = 0;
        for (Range range : ranges) {
            sum += range.endVa() - range.startVa();
        }
        return sum;
    }

    void forEach(AddressSpace.RangeVisitor visitor) {
        for (Range r : ranges) {
            String label = r.object() != null ? r.object().name() : r.path() != null ? r.path() : r.name();
            visitor.range(r.startVa(), r.endVa(), r.prot(), r.flags(), r.fileOffset(), label);
        }
    }

    /** Of all ranges together. */
    long sizeBytes() {
        long sum = 0;
        for (int i = 0; i < count(); i++) {
            sum += get(i).endVa() - get(i).startVa();
        }
        return sum;
    }
}
