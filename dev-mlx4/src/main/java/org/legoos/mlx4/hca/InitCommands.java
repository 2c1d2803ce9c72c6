package org.legoos.mlx4.hca;

import java.lang.foreign.MemorySegment;
import org.legoos.mlx4.prm.CmdStatus;
import org.legoos.mlx4.prm.InitHca;
import org.legoos.mlx4.prm.Opcode;

/** INIT_HCA, which tells the card where its tables are, and its opposite. */
final class InitCommands {
    private final HcaCore core;

    InitCommands(HcaCore core) {
        this.core = core;
    }

    void install(CommandTable table) {
        table.on(Opcode.INIT_HCA, HcaState.FW_RUNNING, InitHca.SIZE_BYTES, 0, this::initHca);
        table.on(Opcode.QUERY_HCA, HcaState.READY, 0, InitHca.SIZE_BYTES, this::queryHca);
        table.on(Opcode.CLOSE_HCA, HcaState.RESET, this::closeHca);
    }

    private CmdStatus initHca(Command command) {
        if (core.state == HcaState.READY) {
            return CmdStatus.BAD_SYS_STATE;
        }
        MemorySegment m = command.in;
        boolean isSupported = InitHca.LOG_QPS.get(m, 0) <= HcaLimits.LOG_MAX_QP
                && InitHca.LOG_CQS.get(m, 0) <= HcaLimits.LOG_MAX_CQ
                && InitHca.LOG_SRQS.get(m, 0) <= HcaLimits.LOG_MAX_SRQ
                && InitHca.LOG_EQS.get(m, 0) <= HcaLimits.LOG_MAX_EQ
                && InitHca.LOG_MPTS.get(m, 0) <= HcaLimits.LOG_MAX_MPT
                && InitHca.NUM_SYS_EQS.get(m, 0) == 0
                && InitHca.UAR_PAGE_SZ.get(m, 0) == 0
                && !InitHca.CQE_64.isSet(m, 0)
                && !InitHca.EQE_64.isSet(m, 0)
                && !InitHca.BIG_ENDIAN_HOST.isSet(m, 0);
        if (!isSupported || !core.multicast.initialise(m)
                || !isIcmAddress(InitHca.MTT_BASE.get(m, 0)) || !isIcmAddress(InitHca.DMPT_BASE.get(m, 0))) {
            return CmdStatus.BAD_PARAM;
        }
        core.initialise(command.keepIn(0, InitHca.SIZE_BYTES));
        return CmdStatus.OK;
    }

    private static boolean isIcmAddress(long address) {
        return address >= 0 && address < HcaLimits.MAX_ICM_BYTES && (address & 7) == 0;
    }

    private CmdStatus queryHca(Command command) {
        command.answer(core.initHca, InitHca.SIZE_BYTES, 0);
        InitHca.CORE_CLOCK_MHZ.set(command.out, 0, DcsBar.CLOCK_MHZ);
        return CmdStatus.OK;
    }

    private CmdStatus closeHca(Command command) {
        core.close();
        return CmdStatus.OK;
    }
}
