package org.legoos.mlx4.hca;

import org.legoos.mlx4.hca.HcaCounters.Kind;
import org.legoos.mlx4.prm.CmdStatus;

/** The commands that the card has: by opcode, from which state on, with what mailboxes. */
final class CommandTable {
    private static final int OPCODES = 1 << 12;

    private record Entry(HcaState from, int inBytes, int outBytes, Command.Handler handler) {}

    private final Entry[] entries = new Entry[OPCODES];
    private final HcaCounters counters;

    CommandTable(HcaCounters counters) {
        this.counters = counters;
    }

    /** A command without mailboxes. */
    void on(int opcode, HcaState from, Command.Handler handler) {
        on(opcode, from, 0, 0, handler);
    }

    void on(int opcode, HcaState from, int inBytes, int outBytes, Command.Handler handler) {
        entries[opcode] = new Entry(from, inBytes, outBytes, handler);
    }

    CmdStatus run(Command command, HcaState state) {
        Entry entry = entries[command.opcode & OPCODES - 1];
        if (entry == null) {
            counters.count(Kind.UNKNOWN_COMMANDS, command.opcode);
            return CmdStatus.BAD_OP;
        }
        if (state.compareTo(entry.from) < 0) {
            return CmdStatus.BAD_SYS_STATE;
        }
        if (entry.outBytes > 0 && !command.prepareOut(entry.outBytes)
                || entry.inBytes > 0 && !command.loadIn(entry.inBytes)) {
            return CmdStatus.BAD_PARAM;
        }
        CmdStatus status = entry.handler.run(command);
        if (status == CmdStatus.OK && !command.storeOut()) {
            return CmdStatus.BAD_PARAM;
        }
        return status;
    }
}
