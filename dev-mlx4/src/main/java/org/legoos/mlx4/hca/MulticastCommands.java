package org.legoos.mlx4.hca;

import java.lang.foreign.MemorySegment;
import org.legoos.mlx4.prm.CmdStatus;
import org.legoos.mlx4.prm.LongField;
import org.legoos.mlx4.prm.Opcode;

/** Commands about multicast groups. */
final class MulticastCommands {
    private static final int GID_BYTES = 16;
    private static final LongField GID_HIGH = LongField.word64(0);
    private static final LongField GID_LOW = LongField.word64(8);

    private final HcaCore core;

    MulticastCommands(HcaCore core) {
        this.core = core;
    }

    void install(CommandTable table) {
        table.on(Opcode.MGID_HASH, HcaState.READY, GID_BYTES, 0, this::hash);
        table.on(Opcode.READ_MCG, HcaState.READY, this::read);
        table.on(Opcode.WRITE_MCG, HcaState.READY, this::write);
    }

    private CmdStatus hash(Command command) {
        command.answerImmediate(core.multicast.hash(GID_HIGH.get(command.in, 0), GID_LOW.get(command.in, 0)));
        return CmdStatus.OK;
    }

    private CmdStatus read(Command command) {
        if (!core.multicast.isIndex(command.inModifier)) {
            return CmdStatus.BAD_INDEX;
        }
        int sizeBytes = core.multicast.entryBytes();
        if (!command.prepareOut(sizeBytes)) {
            return CmdStatus.BAD_PARAM;
        }
        MulticastTable.Entry entry = core.multicast.get(command.inModifier);
        if (entry != null) {
            command.answer(entry.raw(), sizeBytes, 0);
        }
        return CmdStatus.OK;
    }

    private CmdStatus write(Command command) {
        int index = command.inModifier;
        if (!core.multicast.isIndex(index)) {
            return CmdStatus.BAD_INDEX;
        }
        if (core.multicast.isFull() && core.multicast.get(index) == null) {
            return CmdStatus.EXCEED_LIM;
        }
        int sizeBytes = core.multicast.entryBytes();
        if (!command.loadIn(sizeBytes)) {
            return CmdStatus.BAD_PARAM;
        }
        MemorySegment kept = command.keepIn(0, sizeBytes);
        return core.multicast.put(index, kept) ? CmdStatus.OK : CmdStatus.BAD_PARAM;
    }
}
