package org.legoos.mlx4.hca;

import org.legoos.mlx4.prm.CmdStatus;
import org.legoos.mlx4.prm.Opcode;
import org.legoos.mlx4.prm.VirtToPhys;

/** Commands that lend memory to the card. */
final class IcmCommands {
    private static final int AUX_PAGES = 16;

    private final HcaCore core;

    IcmCommands(HcaCore core) {
        this.core = core;
    }

    void install(CommandTable table) {
        table.on(Opcode.SET_ICM_SIZE, HcaState.FW_RUNNING, this::setIcmSize);
        table.on(Opcode.MAP_ICM, HcaState.FW_RUNNING, this::mapIcm);
        table.on(Opcode.UNMAP_ICM, HcaState.RESET, this::unmapIcm);
        table.on(Opcode.MAP_ICM_AUX, HcaState.FW_RUNNING, this::mapIcmAux);
        table.on(Opcode.UNMAP_ICM_AUX, HcaState.RESET, command -> CmdStatus.OK);
    }

    private CmdStatus setIcmSize(Command command) {
        if (command.inParam <= 0 || command.inParam > HcaLimits.MAX_ICM_BYTES) {
            return CmdStatus.EXCEED_LIM;
        }
        command.answerImmediate(AUX_PAGES);
        return CmdStatus.OK;
    }

    private CmdStatus mapIcm(Command command) {
        CmdStatus status = loadEntries(command);
        for (int i = 0; status == CmdStatus.OK && i < command.inModifier; i++) {
            long at = (long) i * VirtToPhys.SIZE_BYTES;
            status = core.icm.map(
                    VirtToPhys.VIRTUAL.get(command.in, at),
                    VirtToPhys.PHYSICAL.get(command.in, at),
                    VirtToPhys.LOG_PAGES.get(command.in, at));
        }
        return status;
    }

    private static CmdStatus loadEntries(Command command) {
        int entries = command.inModifier;
        boolean isLoaded = entries >= 1
                && entries <= VirtToPhys.MAX_ENTRIES
                && command.loadIn(entries * VirtToPhys.SIZE_BYTES);
        return isLoaded ? CmdStatus.OK : CmdStatus.BAD_PARAM;
    }

    private CmdStatus unmapIcm(Command command) {
        long pageCount = Integer.toUnsignedLong(command.inModifier);
        if (command.inParam < 0 || command.inParam > HcaLimits.MAX_ICM_BYTES) {
            return CmdStatus.BAD_PARAM;
        }
        core.icm.unmap(command.inParam, pageCount);
        return CmdStatus.OK;
    }

    /** The firmware's scratch memory, which this firmware does not need. */
    private CmdStatus mapIcmAux(Command command) {
        return loadEntries(command);
    }
}
