package org.legoos.mlx4.hca;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.legoos.mlx4.prm.AddressPath;
import org.legoos.mlx4.prm.CmdStatus;
import org.legoos.mlx4.prm.Opcode;
import org.legoos.mlx4.prm.OptParam;
import org.legoos.mlx4.prm.QpContext;
import org.legoos.mlx4.prm.ServiceType;
import org.legoos.mlx4.transport.QpState;
import org.legoos.mlx4.transport.TransportQp;

/** Commands about queue pairs. */
final class QpCommands {
    private static final int QPN_MASK = 0xffffff;

    private final HcaCore core;

    QpCommands(HcaCore core) {
        this.core = core;
    }

    void install(CommandTable table) {
        table.on(Opcode.RST2INIT_QP, HcaState.READY, QpContext.MAILBOX_SIZE_BYTES, 0, this::create);
        for (QpTransition transition : QpTransition.values()) {
            int inBytes = transition.takesContext() ? QpContext.MAILBOX_SIZE_BYTES : 0;
            table.on(transition.opcode, HcaState.READY, inBytes, 0, command -> move(command, transition));
        }
        table.on(Opcode.TO_RST_QP, HcaState.READY, this::destroy);
        table.on(Opcode.QUERY_QP, HcaState.READY, 0, QpContext.MAILBOX_SIZE_BYTES, this::query);
        table.on(Opcode.CONF_SPECIAL_QP, HcaState.READY, this::confSpecial);
    }

    /** The QP of that full number, or null: tables wrap, numbers do not. */
    private QueuePair find(int qpn) {
        QueuePair qp = core.qps.get(qpn);
        return qp != null && qp.qpn == qpn ? qp : null;
    }

    private boolean isQpn(int qpn) {
        return (qpn & ~QPN_MASK) == 0 && (qpn & core.qps.size() - 1) >= 1 << HcaLimits.LOG_RSVD_QP;
    }

    private CmdStatus create(Command command) {
        int qpn = command.inModifier;
        if (!isQpn(qpn)) {
            return CmdStatus.BAD_INDEX;
        }
        if (core.qps.get(qpn) != null) {
            return CmdStatus.BAD_QP_STATE;
        }
        if (core.qps.isFull()) {
            return CmdStatus.EXCEED_LIM;
        }
        MemorySegment context = command.keepIn(QpContext.MAILBOX_OFFSET, QpContext.SIZE_BYTES);
        boolean hasSrq = QpContext.SRQ.isSet(context, 0);
        CompletionQueue sendCq = core.cqs.get(QpContext.CQN_SEND.get(context, 0));
        CompletionQueue receiveCq = core.cqs.get(QpContext.CQN_RECV.get(context, 0));
        SharedReceiveQueue srq = hasSrq ? core.srqs.get(QpContext.SRQN.get(context, 0)) : null;
        boolean isComplete = sendCq != null && sendCq.cqn == QpContext.CQN_SEND.get(context, 0)
                && receiveCq != null && receiveCq.cqn == QpContext.CQN_RECV.get(context, 0)
                && hasSrq == (srq != null);
        if (!isComplete) {
            return CmdStatus.BAD_RESOURCE;
        }
        if (QpContext.LOG_SQ_SIZE.get(context, 0) > HcaLimits.LOG_MAX_QP_SZ
                || !QpContext.hasNoReceiveQueue(context) && QpContext.LOG_RQ_SIZE.get(context, 0) > HcaLimits.LOG_MAX_QP_SZ) {
            return CmdStatus.BAD_PARAM;
        }
        SpecialQp special = SpecialQp.of(qpn, core.specialQpBase);
        HcaPort port = special.isManagement() ? core.port(SpecialQp.port(qpn, core.specialQpBase)) : portOf(context);
        if (port == null) {
            return CmdStatus.BAD_PARAM;
        }
        QueuePair qp = new QueuePair(core, qpn, special, context, QpRings.of(context, core), sendCq, receiveCq, srq);
        TransportQp transport = Transports.create(qp.serviceType, special, qp);
        if (transport == null) {
            return CmdStatus.BAD_PARAM;
        }
        qp.setPort(port);
        qp.attach(transport);
        sendCq.users++;
        receiveCq.users++;
        if (srq != null) {
            srq.users++;
        }
        core.qps.put(qpn, qp);
        applyAttributes(qp);
        transport.modify(QpState.INIT);
        return CmdStatus.OK;
    }

    private HcaPort portOf(MemorySegment context) {
        return core.port(AddressPath.schedQueuePort(AddressPath.SCHED_QUEUE.get(context, QpContext.PRIMARY_PATH)));
    }

    private CmdStatus move(Command command, QpTransition transition) {
        int qpn = command.inModifier & QPN_MASK;
        if (!isQpn(qpn)) {
            return CmdStatus.BAD_INDEX;
        }
        QueuePair qp = find(qpn);
        if (qp == null) {
            return transition == QpTransition.TO_ERR ? CmdStatus.OK : CmdStatus.BAD_QP_STATE;
        }
        if (!transition.isLegalFrom(qp.transport().state())) {
            return CmdStatus.BAD_QP_STATE;
        }
        if (transition.takesContext()) {
            MemorySegment merged = Arena.ofAuto().allocate(QpContext.SIZE_BYTES, Long.BYTES);
            MemorySegment.copy(qp.context, 0, merged, 0, QpContext.SIZE_BYTES);
            QpContextMerge.merge(transition.opcode, command.in, merged);
            if (!isValid(qp, merged) || asksForMigration(command.in)) {
                return CmdStatus.BAD_PARAM;
            }
            MemorySegment.copy(merged, 0, qp.context, 0, QpContext.SIZE_BYTES);
            applyAttributes(qp);
        }
        if (transition == QpTransition.RTS2SQD) {
            qp.beginDraining(command.inModifier < 0); // bit 31
        }
        qp.transport().modify(transition.to);
        qp.runLater();
        return CmdStatus.OK;
    }

    private boolean isValid(QueuePair qp, MemorySegment context) {
        int mtu = QpContext.MTU.get(context, 0);
        return (qp.special.isManagement() || portOf(context) != null)
                && (qp.serviceType == ServiceType.MLX || mtu <= QpAttributesReader.MAX_MTU_CODE);
    }

    /** The card has one path for each queue pair and says so in its capabilities. */
    private static boolean asksForMigration(MemorySegment mailbox) {
        int mask = QpContext.OPT_PARAMS.get(mailbox, 0);
        return (mask & OptParam.ALT_PATH) != 0
                || (mask & OptParam.PATH_MIGRATION) != 0
                        && QpContext.PATH_MIGRATION.get(mailbox, QpContext.MAILBOX_OFFSET) != QpContext.MIGRATED;
    }

    private void applyAttributes(QueuePair qp) {
        if (!qp.special.isManagement()) { // those have theirs by number
            qp.setPort(portOf(qp.context));
        }
        QpAttributesReader.read(qp.context, qp.hcaPort(), qp.transport().attributes);
    }

    private CmdStatus destroy(Command command) {
        int qpn = command.inModifier;
        if (!isQpn(qpn)) {
            return CmdStatus.BAD_INDEX;
        }
        QueuePair qp = find(qpn);
        if (qp != null) {
            qp.kill();
            qp.sendCq.users--;
            qp.receiveCq.users--;
            if (qp.srq != null) {
                qp.srq.users--;
            }
            core.qps.put(qpn, null);
        }
        return CmdStatus.OK;
    }

    private CmdStatus query(Command command) {
        int qpn = command.inModifier;
        if (!isQpn(qpn)) {
            return CmdStatus.BAD_INDEX;
        }
        QueuePair qp = find(qpn);
        if (qp == null) {
            return CmdStatus.OK; // all zero: state RST
        }
        TransportQp transport = qp.transport();
        command.answer(qp.context, QpContext.SIZE_BYTES, QpContext.MAILBOX_OFFSET);
        MemorySegment m = command.out;
        long at = QpContext.MAILBOX_OFFSET;
        QpContext.STATE.set(m, at, QpStates.code(transport.state(), qp.isDraining()));
        QpContext.LOCAL_QPN.set(m, at, qpn);
        QpContext.NEXT_SEND_PSN.set(m, at, transport.nextSendPsn());
        QpContext.LAST_ACKED_PSN.set(m, at, transport.lastAckedPsn());
        QpContext.NEXT_RECV_PSN.set(m, at, transport.nextReceivePsn());
        QpContext.MSN.set(m, at, transport.messageSequence());
        QpContext.SQ_WQE_COUNTER.set(m, at, qp.sendCounter());
        QpContext.RQ_WQE_COUNTER.set(m, at, qp.receiveCounter());
        return CmdStatus.OK;
    }

    private CmdStatus confSpecial(Command command) {
        int base = command.inModifier;
        if (base != 0 && (!isQpn(base) || base % SpecialQp.BLOCK != 0)) { // 0: no more special ones
            return CmdStatus.BAD_INDEX;
        }
        core.specialQpBase = base;
        return CmdStatus.OK;
    }
}
