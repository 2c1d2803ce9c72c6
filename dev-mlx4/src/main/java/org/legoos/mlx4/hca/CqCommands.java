package org.legoos.mlx4.hca;

import java.lang.foreign.MemorySegment;
import org.legoos.mlx4.prm.CmdStatus;
import org.legoos.mlx4.prm.CqContext;
import org.legoos.mlx4.prm.Opcode;

/** Commands about completion queues. */
final class CqCommands {
    private static final int PAGE_OFFSET_UNIT_BYTES = 32;
    private static final int NO_OUTPUT = 1;
    private static final int SOFTWARE_INITIALISED = 1;
    private static final int RESIZE = 0;

    private final HcaCore core;

    CqCommands(HcaCore core) {
        this.core = core;
    }

    void install(CommandTable table) {
        table.on(Opcode.SW2HW_CQ, HcaState.READY, CqContext.SIZE_BYTES, 0, this::give);
        table.on(Opcode.HW2SW_CQ, HcaState.READY, this::takeBack);
        table.on(Opcode.QUERY_CQ, HcaState.READY, 0, CqContext.SIZE_BYTES, this::query);
        table.on(Opcode.MODIFY_CQ, HcaState.READY, CqContext.SIZE_BYTES, 0, this::modify);
    }

    private boolean isCqn(int cqn) {
        return cqn >= 1 << HcaLimits.LOG_RSVD_CQ && cqn < core.cqs.size();
    }

    private CmdStatus give(Command command) {
        int cqn = command.inModifier;
        if (!isCqn(cqn)) {
            return CmdStatus.BAD_INDEX;
        }
        if (core.cqs.get(cqn) != null) {
            return CmdStatus.BAD_RES_STATE;
        }
        if (core.cqs.isFull()) {
            return CmdStatus.EXCEED_LIM;
        }
        MemorySegment context = command.keepIn(0, CqContext.SIZE_BYTES);
        if (CqContext.LOG_CQ_SIZE.get(context, 0) > HcaLimits.LOG_MAX_CQ_SZ) {
            return CmdStatus.BAD_PARAM;
        }
        CompletionQueue queue =
                new CompletionQueue(cqn, context, buffer(context), core.bus, core.events, core.counters, core.timers);
        if (command.opcodeModifier != SOFTWARE_INITIALISED && !queue.initialise()) {
            return CmdStatus.ICM_ERROR;
        }
        core.cqs.put(cqn, queue);
        return CmdStatus.OK;
    }

    private QueueBuffer buffer(MemorySegment context) {
        return new QueueBuffer(core.mtt, core.bus, CqContext.MTT_BASE.get(context, 0),
                CqContext.LOG_PAGE_SIZE.get(context, 0),
                (long) CqContext.PAGE_OFFSET.get(context, 0) * PAGE_OFFSET_UNIT_BYTES);
    }

    private CmdStatus takeBack(Command command) {
        int cqn = command.inModifier;
        CompletionQueue queue = isCqn(cqn) ? core.cqs.get(cqn) : null;
        if (queue == null) {
            return isCqn(cqn) ? CmdStatus.BAD_RES_STATE : CmdStatus.BAD_INDEX;
        }
        if (queue.users > 0) {
            return CmdStatus.RESOURCE_BUSY;
        }
        if (command.opcodeModifier != NO_OUTPUT && command.outParam != 0) {
            if (!command.prepareOut(CqContext.SIZE_BYTES)) {
                return CmdStatus.BAD_PARAM;
            }
            command.answer(queue.context(), CqContext.SIZE_BYTES, 0);
        }
        queue.retire();
        core.cqs.put(cqn, null);
        return CmdStatus.OK;
    }

    private CmdStatus query(Command command) {
        int cqn = command.inModifier;
        CompletionQueue queue = isCqn(cqn) ? core.cqs.get(cqn) : null;
        if (queue == null) {
            return isCqn(cqn) ? CmdStatus.BAD_RES_STATE : CmdStatus.BAD_INDEX;
        }
        command.answer(queue.context(), CqContext.SIZE_BYTES, 0);
        return CmdStatus.OK;
    }

    private CmdStatus modify(Command command) {
        int cqn = command.inModifier;
        CompletionQueue queue = isCqn(cqn) ? core.cqs.get(cqn) : null;
        if (queue == null) {
            return isCqn(cqn) ? CmdStatus.BAD_RES_STATE : CmdStatus.BAD_INDEX;
        }
        MemorySegment m = command.in;
        if (command.opcodeModifier != RESIZE) {
            queue.setModeration(CqContext.MODERATION_PERIOD_US.get(m, 0), CqContext.MODERATION_COUNT.get(m, 0));
            return CmdStatus.OK;
        }
        int logSize = CqContext.LOG_CQ_SIZE.get(m, 0);
        if (logSize > HcaLimits.LOG_MAX_CQ_SZ) {
            return CmdStatus.BAD_PARAM;
        }
        QueueBuffer buffer = buffer(m);
        if (!CompletionQueue.initialise(buffer, logSize)) {
            return CmdStatus.ICM_ERROR;
        }
        return queue.resize(buffer, logSize) ? CmdStatus.OK : CmdStatus.BAD_SIZE;
    }
}
