package org.legoos.managers.processor.pcache;

import org.legoos.kernel.printk.LogLevel;
import org.legoos.kernel.printk.Printk;
import org.legoos.kernel.syscall.Errno;

/** Sends lines home (clflush.c). Preconditions: the caller holds the line, and nobody writes to it. */
final class Writeback {
    private final PcacheGeometry geometry;
    private final LineTable lines;
    private final ReverseMap rmap;
    private final Mappings mappings;
    private final LineMessages messages;
    private final Printk log;

    Writeback(
            PcacheGeometry geometry,
            LineTable lines,
            ReverseMap rmap,
            Mappings mappings,
            LineMessages messages,
            Printk log) {
        this.geometry = geometry;
        this.lines = lines;
        this.rmap = rmap;
        this.mappings = mappings;
        this.messages = messages;
        this.log = log;
    }

    /** Sends the line home for every mapping that it has, shared memory for the first. @return 0 or a negative errno: some home lacks it */
    int flush(FaultContext context, int line) {
        lines.set(line, LineTable.WRITEBACK);
        int result = 0;
        boolean isShared = lines.has(line, LineTable.SHARED);
        for (int m = rmap.first(line); m != ReverseMap.NONE && result == 0; m = isShared ? ReverseMap.NONE : rmap.next(line, m)) {
            result = flush(context, mappings.space(line, m), rmap.va(line, m), geometry.linePa(line));
        }
        lines.clear(line, LineTable.WRITEBACK);
        return result;
    }

    /** Sends a page home; a page that its home does not know (any more) counts as sent. */
    int flush(FaultContext context, PcacheSpace space, long guestVa, long linePa) {
        messages.putFlushRecord(context, space, guestVa, linePa);
        int status = messages.sendFlushRecord(context, space.ownerOf(guestVa));
        return judge(status, space, guestVa);
    }

    /** What the status of a flush means: 0, or the negative errno of a home that should have taken it. */
    int judge(int status, PcacheSpace space, long guestVa) {
        if (status == 0 || status == -Errno.EFAULT || status == -Errno.ESRCH) {
            return 0;
        }
        log.once(
                LogLevel.WARNING,
                "pcache-flush" + space.pid + status,
                "pcache: pid %d: flush of 0x%x to node %d failed: errno %d",
                space.pid,
                guestVa,
                space.ownerOf(guestVa),
                -status);
        return status;
    }

    /** Parks the line in the message buffer for the next miss. */
    void park(FaultContext context, int line) {
        lines.set(line, LineTable.PIGGYBACK);
        int m = rmap.first(line);
        messages.putFlushRecord(context, mappings.space(line, m), rmap.va(line, m), geometry.linePa(line));
        context.parkedLine = line;
    }

    /** Whether the line may travel with the miss that this thread is about to send. */
    boolean canPark(FaultContext context, int line) {
        if (context.missNode == FaultContext.NONE || rmap.first(line) == ReverseMap.NONE || lines.mapCount(line) != 1) {
            return false;
        }
        int m = rmap.first(line);
        return mappings.space(line, m).ownerOf(rmap.va(line, m)) == context.missNode;
    }
}
