package org.legoos.managers.processor.mm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.legoos.managers.processor.pcache.Pcache;
import org.legoos.managers.processor.pcache.PcacheSpace;

/** The files that an address space's ranges map. Guarded by the address space. */
final class KeptFiles {
    private final AddressSpace owner;
    private final Pcache pcache;
    private final PcacheSpace space;
    private final Map<String, AddressSpace.FileMapping> files = new HashMap<>();

    KeptFiles(AddressSpace owner, Pcache pcache, PcacheSpace space) {
        this.owner = owner;
        this.pcache = pcache;
        this.space = space;
    }

    /** What was written through shared mappings of files belongs to the files, also when the mapping goes. */
    void writeBack(RangeMap ranges, long startVa, long endVa) {
        for (int i = ranges.firstEndingAfter(startVa); i < ranges.count() && ranges.get(i).startVa() < endVa; i++) {
            Range range = ranges.get(i);
            if (range.isShared() && !range.isAnonymous()) {
                pcache.clean(space, Math.max(startVa, range.startVa()), Math.min(endVa, range.endVa()));
            }
        }
    }

    /** See {@link AddressSpace#syncFile}. */
    void sync(RangeMap ranges, String path, long fromOffset, long toOffset, boolean drop) {
        for (int i = 0; i < ranges.count(); i++) {
            Range range = ranges.get(i);
            long end = range.fileOffset() + (range.endVa() - range.startVa());
            if (path.equals(range.path()) && fromOffset < end && toOffset > range.fileOffset()) {
                long startVa = range.startVa() + Linux.pageDown(Math.max(0, fromOffset - range.fileOffset()));
                long endVa = toOffset >= end ? range.endVa() : range.startVa() + Linux.pageUp(toOffset - range.fileOffset());
                sync(startVa, endVa, drop, range.isShared());
            }
        }
    }

    private void sync(long startVa, long endVa, boolean drop, boolean isShared) {
        if (drop) {
            pcache.bar(space, startVa, endVa, 0, 0);
        }
        if (drop || isShared) {
            pcache.clean(space, startVa, endVa);
        }
        if (drop) {
            pcache.drop(space, startVa, endVa);
            pcache.unbar(space);
        }
    }

    boolean add(String path, AddressSpace.FileMapping mapping) {
        return files.putIfAbsent(path, mapping) == null;
    }

    List<AddressSpace.FileMapping> all() {
        return List.copyOf(files.values());
    }

    /** Lets those go that no range maps any more. */
    void release(RangeMap ranges) {
        if (!files.isEmpty()) {
            takeUnused(ranges).forEach(mapping -> mapping.ended(owner));
        }
    }

    private List<AddressSpace.FileMapping> takeUnused(RangeMap ranges) {
        List<AddressSpace.FileMapping> unused = new ArrayList<>();
        for (Iterator<Map.Entry<String, AddressSpace.FileMapping>> i = files.entrySet().iterator(); i.hasNext();) {
            Map.Entry<String, AddressSpace.FileMapping> entry = i.next();
            if (!isUsed(ranges, entry.getKey())) {
                unused.add(entry.getValue());
                i.remove();
            }
        }
        return unused;
    }

    private static boolean isUsed(RangeMap ranges, String path) {
        for (int i = 0; i < ranges.count(); i++) {
            if (path.equals(ranges.get(i).path())) {
                return true;
            }
        }
        return false;
    }
}
