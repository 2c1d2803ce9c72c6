package org.legoos.mlx4.hca;

import java.lang.foreign.MemorySegment;
import org.legoos.mlx4.prm.CmdStatus;
import org.legoos.mlx4.prm.EqContext;
import org.legoos.mlx4.prm.InitHca;
import org.legoos.mlx4.prm.MapEq;
import org.legoos.mlx4.prm.Opcode;

/** Commands about event queues. */
final class EqCommands {
    private static final int PAGE_OFFSET_UNIT_BYTES = 32;
    private static final int NO_OUTPUT = 1;

    private final HcaCore core;

    EqCommands(HcaCore core) {
        this.core = core;
    }

    void install(CommandTable table) {
        table.on(Opcode.MAP_EQ, HcaState.READY, this::map);
        table.on(Opcode.SW2HW_EQ, HcaState.READY, EqContext.SIZE_BYTES, 0, this::give);
        table.on(Opcode.HW2SW_EQ, HcaState.READY, this::takeBack);
        table.on(Opcode.QUERY_EQ, HcaState.READY, 0, EqContext.SIZE_BYTES, this::query);
    }

    private boolean isEqn(int eqn) {
        return eqn >= 1 << HcaLimits.LOG_RSVD_EQ && eqn < 1 << InitHca.LOG_EQS.get(core.initHca, 0);
    }

    private CmdStatus map(Command command) {
        int eqn = MapEq.EQN.of(command.inModifier);
        boolean isUnmap = MapEq.UNMAP.of(command.inModifier) != 0;
        if (!isEqn(eqn)) {
            return CmdStatus.BAD_INDEX;
        }
        if (!isUnmap && core.events.get(eqn) == null) {
            return CmdStatus.BAD_RES_STATE;
        }
        core.events.map(command.inParam, eqn, isUnmap);
        return CmdStatus.OK;
    }

    private CmdStatus give(Command command) {
        int eqn = command.inModifier;
        if (!isEqn(eqn)) {
            return CmdStatus.BAD_INDEX;
        }
        if (core.events.get(eqn) != null) {
            return CmdStatus.BAD_RES_STATE;
        }
        MemorySegment context = command.keepIn(0, EqContext.SIZE_BYTES);
        int state = EqContext.STATE.get(context, 0);
        boolean isValid = EqContext.LOG_EQ_SIZE.get(context, 0) <= HcaLimits.LOG_MAX_EQ_SZ
                && EqContext.INTR.get(context, 0) < HcaConfig.MSIX_VECTORS
                && state >= EqContext.STATE_ARMED
                && state <= EqContext.STATE_ALWAYS_ARMED;
        if (!isValid) {
            return CmdStatus.BAD_PARAM;
        }
        QueueBuffer buffer = new QueueBuffer(core.mtt, core.bus, EqContext.MTT_BASE.get(context, 0),
                EqContext.LOG_PAGE_SIZE.get(context, 0),
                (long) EqContext.PAGE_OFFSET.get(context, 0) * PAGE_OFFSET_UNIT_BYTES);
        EventQueue queue = new EventQueue(eqn, context, buffer, core.interrupts, core.counters, core.timers);
        if (!queue.initialise()) {
            return CmdStatus.ICM_ERROR;
        }
        core.events.put(eqn, queue);
        return CmdStatus.OK;
    }

    private CmdStatus takeBack(Command command) {
        EventQueue queue = core.events.get(command.inModifier);
        if (!isEqn(command.inModifier)) {
            return CmdStatus.BAD_INDEX;
        }
        if (queue == null) {
            return CmdStatus.BAD_RES_STATE;
        }
        if (command.opcodeModifier != NO_OUTPUT && command.outParam != 0) {
            if (!command.prepareOut(EqContext.SIZE_BYTES)) {
                return CmdStatus.BAD_PARAM;
            }
            command.answer(queue.context(), EqContext.SIZE_BYTES, 0);
        }
        queue.retire();
        core.events.put(command.inModifier, null);
        return CmdStatus.OK;
    }

    private CmdStatus query(Command command) {
        EventQueue queue = core.events.get(command.inModifier);
        if (!isEqn(command.inModifier)) {
            return CmdStatus.BAD_INDEX;
        }
        if (queue == null) {
            return CmdStatus.BAD_RES_STATE;
        }
        command.answer(queue.context(), EqContext.SIZE_BYTES, 0);
        return CmdStatus.OK;
    }
}
