package org.legoos.kernel.drivers.mlx4;

import java.lang.foreign.MemorySegment;
import org.legoos.kernel.ib.IbException;
import org.legoos.kernel.syscall.Errno;
import org.legoos.mlx4.prm.LongField;
import org.legoos.mlx4.prm.McgEntry;
import org.legoos.mlx4.prm.Opcode;

/**
 * The card's multicast group table (mlx4_core mcg.c): a bucket for each hash, from it a chain of entries of our choice in
 * the table's upper half. A group's entry stays when its last member leaves, and serves the next group of its bucket.
 */
final class MulticastGroups {
    private static final LongField GID_HIGH = LongField.word64(0);
    private static final LongField GID_LOW = LongField.word64(8);
    private static final int GID_BYTES = 16;
    private static final int MEMBERS_MAX =
            ((1 << Profile.LOG_MCG_ENTRY_BYTES) - McgEntry.HEADER_BYTES) / Integer.BYTES;

    private final CommandInterface commands;
    private final IndexAllocator overflow; // entries that are no buckets

    MulticastGroups(CommandInterface commands, Profile profile) {
        this.commands = commands;
        overflow = new IndexAllocator("multicast groups", 1 << profile.logMcgs() - 1, 1 << profile.logMcgs());
    }

    /** Lets a queue pair receive what is sent to a group; twice is once. */
    synchronized void attach(int qpn, long gidHigh, long gidLow) {
        try (Command command = commands.begin()) {
            Place place = find(command, gidHigh, gidLow);
            MemorySegment box = command.memory();
            long entry = command.inputPa();
            if (!place.isFound) {
                McgEntry.GID_HI.set(box, entry, gidHigh);
                McgEntry.GID_LO.set(box, entry, gidLow);
            }
            int count = McgEntry.MEMBER_COUNT.get(box, entry);
            for (int i = 0; i < count; i++) {
                if (McgEntry.MEMBER_QPN.of(McgEntry.MEMBER_WORD.get(box, member(entry, i))) == qpn) {
                    return;
                }
            }
            if (count == MEMBERS_MAX) {
                throw new IbException(Errno.ENOMEM, "mlx4_core: a multicast group with more than " + count + " members");
            }
            McgEntry.MEMBER_WORD.set(box, member(entry, count), McgEntry.MEMBER_QPN.of0(qpn));
            McgEntry.MEMBER_COUNT.set(box, entry, count + 1);
            command.withInput(Opcode.WRITE_MCG, place.index, 0);
            if (place.isNew) {
                link(command, place.previous, place.index);
            }
        }
    }

    /** The opposite; EINVAL when the queue pair is not in the group. */
    synchronized void detach(int qpn, long gidHigh, long gidLow) {
        try (Command command = commands.begin()) {
            Place place = find(command, gidHigh, gidLow);
            MemorySegment box = command.memory();
            long entry = command.inputPa();
            int count = place.isFound ? McgEntry.MEMBER_COUNT.get(box, entry) : 0;
            int at = 0;
            while (at < count && McgEntry.MEMBER_QPN.of(McgEntry.MEMBER_WORD.get(box, member(entry, at))) != qpn) {
                at++;
            }
            if (at == count) {
                if (place.isNew) {
                    overflow.free(place.index);
                }
                throw new IbException(Errno.EINVAL, "mlx4_core: QP " + qpn + " is not in that multicast group");
            }
            McgEntry.MEMBER_WORD.set(box, member(entry, at), McgEntry.MEMBER_WORD.get(box, member(entry, count - 1)));
            McgEntry.MEMBER_COUNT.set(box, entry, count - 1);
            command.withInput(Opcode.WRITE_MCG, place.index, 0);
        }
    }

    /**
     * Where a group's entry is or should be.
     *
     * @param isFound the entry is the group's; else it has no members and may become it
     * @param isNew it is not in the chain yet, whose last entry is {@code previous}
     */
    private record Place(int index, boolean isFound, boolean isNew, int previous) {}

    /** Walks the chain of the group's bucket; the entry is in the input mailbox afterwards. */
    private Place find(Command command, long gidHigh, long gidLow) {
        MemorySegment box = command.memory();
        command.clearInput(GID_BYTES);
        GID_HIGH.set(box, command.inputPa(), gidHigh);
        GID_LOW.set(box, command.inputPa(), gidLow);
        int index = hash(command);
        int free = -1;
        int last = index;
        int next = index;
        do {
            read(command, next);
            long entry = command.inputPa();
            boolean isEmpty = McgEntry.MEMBER_COUNT.get(box, entry) == 0;
            if (!isEmpty && McgEntry.GID_HI.get(box, entry) == gidHigh && McgEntry.GID_LO.get(box, entry) == gidLow) {
                return new Place(next, true, false, last);
            }
            free = isEmpty && free < 0 ? next : free;
            last = next;
            next = McgEntry.NEXT_INDEX.get(box, entry);
        } while (next != 0);
        if (free >= 0) {
            read(command, free);
            return new Place(free, false, false, last);
        }
        command.clearInput(1 << Profile.LOG_MCG_ENTRY_BYTES);
        return new Place(overflow.allocate(), false, true, last);
    }

    private static int hash(Command command) {
        return (int) command.immediateOfInput(Opcode.MGID_HASH, 0, 0);
    }

    private static void read(Command command, int index) {
        command.withOutput(Opcode.READ_MCG, index, 0);
        MemorySegment.copy(command.memory(), command.outputPa(), command.memory(), command.inputPa(),
                1 << Profile.LOG_MCG_ENTRY_BYTES);
    }

    private static void link(Command command, int previous, int index) {
        read(command, previous);
        McgEntry.NEXT_INDEX.set(command.memory(), command.inputPa(), index);
        command.withInput(Opcode.WRITE_MCG, previous, 0);
    }

    private static long member(long entry, int index) {
        return entry + McgEntry.HEADER_BYTES + (long) index * Integer.BYTES;
    }
}
