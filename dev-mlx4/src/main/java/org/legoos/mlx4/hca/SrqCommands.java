package org.legoos.mlx4.hca;

import java.lang.foreign.MemorySegment;
import org.legoos.mlx4.prm.CmdStatus;
import org.legoos.mlx4.prm.Opcode;
import org.legoos.mlx4.prm.SrqContext;

/** Commands about shared receive queues. */
final class SrqCommands {
    private static final int PAGE_OFFSET_UNIT_BYTES = 64;
    private static final int MIN_LOG_STRIDE = 1; // of 16 << n: room for the next segment and one entry
    private static final int NO_OUTPUT = 1;

    private final HcaCore core;

    SrqCommands(HcaCore core) {
        this.core = core;
    }

    void install(CommandTable table) {
        table.on(Opcode.SW2HW_SRQ, HcaState.READY, SrqContext.SIZE_BYTES, 0, this::give);
        table.on(Opcode.HW2SW_SRQ, HcaState.READY, this::takeBack);
        table.on(Opcode.QUERY_SRQ, HcaState.READY, 0, SrqContext.SIZE_BYTES, this::query);
        table.on(Opcode.ARM_SRQ, HcaState.READY, this::arm);
    }

    private SharedReceiveQueue find(int srqn) {
        return isSrqn(srqn) ? core.srqs.get(srqn) : null;
    }

    private boolean isSrqn(int srqn) {
        return srqn >= 1 << HcaLimits.LOG_RSVD_SRQ && srqn < core.srqs.size();
    }

    private CmdStatus missing(int srqn) {
        return isSrqn(srqn) ? CmdStatus.BAD_RES_STATE : CmdStatus.BAD_INDEX;
    }

    private CmdStatus give(Command command) {
        int srqn = command.inModifier;
        if (!isSrqn(srqn) || core.srqs.get(srqn) != null) {
            return missing(srqn);
        }
        if (core.srqs.isFull()) {
            return CmdStatus.EXCEED_LIM;
        }
        MemorySegment context = command.keepIn(0, SrqContext.SIZE_BYTES);
        if (SrqContext.LOG_SRQ_SIZE.get(context, 0) > HcaLimits.LOG_MAX_SRQ_SZ
                || SrqContext.LOG_STRIDE.get(context, 0) < MIN_LOG_STRIDE) {
            return CmdStatus.BAD_PARAM;
        }
        int xrcCqn = SrqContext.XRC_CQN.get(context, 0);
        CompletionQueue xrcCq = xrcCqn == 0 ? null : core.cqs.get(xrcCqn);
        if (xrcCqn != 0 && (xrcCq == null || xrcCq.cqn != xrcCqn)) {
            return CmdStatus.BAD_RESOURCE;
        }
        SrqContext.STATE.set(context, 0, SrqContext.STATE_HW);
        QueueBuffer buffer = new QueueBuffer(core.mtt, core.bus, SrqContext.MTT_BASE.get(context, 0),
                SrqContext.LOG_PAGE_SIZE.get(context, 0),
                (long) SrqContext.PAGE_OFFSET.get(context, 0) * PAGE_OFFSET_UNIT_BYTES);
        core.srqs.put(srqn, new SharedReceiveQueue(srqn, context, buffer, core, xrcCq));
        if (xrcCq != null) {
            xrcCq.users++;
        }
        return CmdStatus.OK;
    }

    private CmdStatus takeBack(Command command) {
        SharedReceiveQueue srq = find(command.inModifier);
        if (srq == null) {
            return missing(command.inModifier);
        }
        if (srq.users > 0) {
            return CmdStatus.RESOURCE_BUSY;
        }
        if (command.opcodeModifier != NO_OUTPUT && command.outParam != 0) {
            if (!command.prepareOut(SrqContext.SIZE_BYTES)) {
                return CmdStatus.BAD_PARAM;
            }
            command.answer(srq.context(), SrqContext.SIZE_BYTES, 0);
        }
        if (srq.xrcCq != null) {
            srq.xrcCq.users--;
        }
        core.srqs.put(command.inModifier, null);
        return CmdStatus.OK;
    }

    private CmdStatus query(Command command) {
        SharedReceiveQueue srq = find(command.inModifier);
        if (srq == null) {
            return missing(command.inModifier);
        }
        command.answer(srq.context(), SrqContext.SIZE_BYTES, 0);
        return CmdStatus.OK;
    }

    private CmdStatus arm(Command command) {
        SharedReceiveQueue srq = find(command.inModifier);
        if (srq == null) {
            return missing(command.inModifier);
        }
        srq.arm((int) command.inParam);
        return CmdStatus.OK;
    }
}
