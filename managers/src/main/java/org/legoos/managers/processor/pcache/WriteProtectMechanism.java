package org.legoos.managers.processor.pcache;

/**
 * Write-protect, flush, then unmap: readers go on meanwhile, writers wait for the line's lock. Costs two shootdowns, and
 * the page stays mapped until its home has it, so it cannot travel with the miss that takes its place.
 */
final class WriteProtectMechanism implements EvictionMechanism {
    private final LineTable lines;
    private final Mappings mappings;
    private final Writeback writeback;
    private final SetLists lists;
    private final PcacheEvents events;

    WriteProtectMechanism(PcacheParts parts) {
        this.lines = parts.lines;
        this.mappings = parts.mappings;
        this.writeback = parts.writeback;
        this.lists = parts.lists;
        this.events = parts.events;
    }

    @Override
    public void chosen(int set, int line) {}

    @Override
    public int evict(FaultContext context, int set, int line) {
        mappings.writeProtect(line);
        if (mappings.isDirty(line)) {
            int result = writeback.flush(context, line);
            if (result != 0) {
                mappings.endEvictions(line);
                lists.putBack(set, line); // still mapped; a writer gets its right back from the fault handler
                return result;
            }
        } else {
            events.flushCleanSkipped.increment();
        }
        mappings.unmap(line);
        mappings.endEvictions(line);
        mappings.clear(line);
        lines.setFlags(line, LineTable.LOCKED);
        return 0;
    }

    @Override
    public boolean isOnItsWay(PcacheSpace space, long guestVa, int set) {
        return false;
    }

    @Override
    public int fill(FaultContext context, PcacheSpace space, long guestVa, int line) {
        return NOT_HERE;
    }

    @Override
    public int forget(FaultContext context, PcacheSpace space, long startVa, long endVa, boolean sendHome) {
        return 0;
    }
}
