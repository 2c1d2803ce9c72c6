package org.legoos.kernel.drivers.mlx4;

import java.lang.foreign.MemorySegment;
import org.legoos.kernel.ib.QpAttributes;
import org.legoos.kernel.ib.QpType;
import org.legoos.mlx4.prm.AddressPath;
import org.legoos.mlx4.prm.Opcode;
import org.legoos.mlx4.prm.OptParam;
import org.legoos.mlx4.prm.QpContext;
import org.legoos.mlx4.prm.QpState;
import org.legoos.mlx4.prm.ServiceType;

/** The QP commands and the contexts that they carry (mlx4_ib's __mlx4_ib_modify_qp). */
final class QpTransitions {
    private static final int PM_STATE_MIGRATED = 3;
    private static final int ACK_REQ_FREQ = 8;
    private static final int UD_MTU_CODE = 5;
    private static final int UD_LOG_MESSAGE = 12;
    private static final int RESET_WITHOUT_OUTPUT = 2;

    /** What of a QP its context holds whatever the transition. */
    record Identity(int qpn, QpType type, int pd, int sendCqn, int receiveCqn, QpGeometry geometry, MttTable.Mapping mapping,
            long doorbellRecord, int srqn) {}

    static final int NO_SRQ = 0; // reserved by the firmware

    private final CommandInterface commands;
    private final int logMaxMessage;

    QpTransitions(CommandInterface commands, int logMaxMessage) {
        this.commands = commands;
        this.logMaxMessage = logMaxMessage;
    }

    void resetToInit(Identity qp, QpAttributes attributes) {
        try (Command command = commands.begin()) {
            MemorySegment box = command.memory();
            long context = begin(command, qp, QpState.INIT);
            QpContext.LOG_RQ_SIZE.set(box, context, qp.geometry.logReceiveSlots());
            QpContext.LOG_RQ_STRIDE.set(box, context, qp.geometry.logReceiveStride() - 4);
            QpContext.LOG_SQ_SIZE.set(box, context, qp.geometry.logSendSlots());
            QpContext.LOG_SQ_STRIDE.set(box, context, qp.geometry.logSendStride() - 4);
            QpContext.USR_PAGE.set(box, context, Mlx4Device.UAR_PAGE);
            QpContext.DB_RECORD.set(box, context, qp.doorbellRecord);
            if (qp.srqn != NO_SRQ) {
                QpContext.SRQ.set(box, context, 1);
                QpContext.SRQN.set(box, context, qp.srqn);
            }
            QpContext.LOG_PAGE_SIZE.set(box, context, qp.mapping.contextPageSize());
            QpContext.MTT_BASE.set(box, context, qp.mapping.byteOffset());
            QpContext.REMOTE_READ_ENABLE.set(box, context, attributes.remoteRead ? 1 : 0);
            QpContext.REMOTE_WRITE_ENABLE.set(box, context, attributes.remoteWrite ? 1 : 0);
            QpContext.REMOTE_ATOMIC_ENABLE.set(box, context, attributes.remoteAtomic ? 1 : 0);
            int optional = OptParam.REMOTE_READ | OptParam.REMOTE_WRITE | OptParam.REMOTE_ATOMIC | OptParam.PKEY_INDEX;
            if (isDatagram(qp)) {
                QpContext.QKEY.set(box, context, attributes.qkey);
                optional |= OptParam.QKEY;
            }
            port(box, context, attributes);
            run(command, Opcode.RST2INIT_QP, qp, optional);
        }
    }

    void initToReadyToReceive(Identity qp, QpAttributes attributes) {
        try (Command command = commands.begin()) {
            MemorySegment box = command.memory();
            long context = begin(command, qp, QpState.RTR);
            int optional = OptParam.PKEY_INDEX | OptParam.SCHED_QUEUE;
            port(box, context, attributes);
            if (isDatagram(qp)) {
                QpContext.MTU.set(box, context, UD_MTU_CODE);
                QpContext.LOG_MSG_MAX.set(box, context, UD_LOG_MESSAGE);
            } else {
                QpContext.MTU.set(box, context, PortMads.mtuCode(attributes.pathMtuBytes));
                QpContext.LOG_MSG_MAX.set(box, context, logMaxMessage);
                QpContext.REMOTE_QPN.set(box, context, attributes.destinationQpn);
                QpContext.NEXT_RECV_PSN.set(box, context, attributes.receivePsn);
                AddressPath.REMOTE_LID.set(box, context + QpContext.PRIMARY_PATH, attributes.destinationLid);
                optional |= OptParam.PRIMARY_PATH;
            }
            if (qp.type == QpType.RC) {
                QpContext.LOG_RRA_MAX.set(box, context, log(attributes.maxDestRdAtomic));
                QpContext.MIN_RNR_TIMER.set(box, context, attributes.minRnrTimer);
                optional |= OptParam.RRA_MAX | OptParam.MIN_RNR_TIMER;
            }
            run(command, Opcode.INIT2RTR_QP, qp, optional);
        }
    }

    void readyToReceiveToSend(Identity qp, QpAttributes attributes) {
        try (Command command = commands.begin()) {
            MemorySegment box = command.memory();
            long context = begin(command, qp, QpState.RTS);
            int optional = 0;
            QpContext.NEXT_SEND_PSN.set(box, context, attributes.sendPsn);
            if (qp.type == QpType.RC) {
                port(box, context, attributes);
                AddressPath.REMOTE_LID.set(box, context + QpContext.PRIMARY_PATH, attributes.destinationLid);
                AddressPath.ACK_TIMEOUT.set(box, context + QpContext.PRIMARY_PATH, attributes.ackTimeout);
                QpContext.LOG_SRA_MAX.set(box, context, log(attributes.maxRdAtomic));
                QpContext.RETRY_COUNT.set(box, context, attributes.retryCount);
                QpContext.RNR_RETRY.set(box, context, attributes.rnrRetry);
                optional = OptParam.ACK_TIMEOUT | OptParam.RETRY_COUNT | OptParam.RNR_RETRY | OptParam.SRA_MAX;
            }
            run(command, Opcode.RTR2RTS_QP, qp, optional);
        }
    }

    void toError(Identity qp) {
        try (Command command = commands.begin()) {
            begin(command, qp, QpState.ERR);
            run(command, Opcode.TO_ERR_QP, qp, 0);
        }
    }

    void toReset(Identity qp) {
        try (Command command = commands.begin()) {
            command.plain(Opcode.TO_RST_QP, qp.qpn, RESET_WITHOUT_OUTPUT);
        }
    }

    /** The fields that Linux fills in for every transition. @return where the context is */
    private static long begin(Command command, Identity qp, int state) {
        command.clearInput(QpContext.MAILBOX_SIZE_BYTES);
        MemorySegment box = command.memory();
        long context = command.inputPa() + QpContext.MAILBOX_OFFSET;
        QpContext.STATE.set(box, context, state);
        QpContext.SERVICE_TYPE.set(box, context, serviceType(qp.type));
        QpContext.PATH_MIGRATION.set(box, context, PM_STATE_MIGRATED);
        QpContext.PD.set(box, context, qp.pd);
        QpContext.LOCAL_QPN.set(box, context, qp.qpn);
        QpContext.CQN_SEND.set(box, context, qp.sendCqn);
        QpContext.CQN_RECV.set(box, context, qp.receiveCqn);
        QpContext.ACK_REQ_FREQ.set(box, context, ACK_REQ_FREQ);
        QpContext.FAST_REG_ENABLE.set(box, context, 1);
        return context;
    }

    private static void port(MemorySegment box, long context, QpAttributes attributes) {
        long path = context + QpContext.PRIMARY_PATH;
        AddressPath.PKEY_INDEX.set(box, path, attributes.pkeyIndex);
        AddressPath.SCHED_QUEUE.set(box, path, AddressPath.schedQueue(attributes.port, attributes.serviceLevel));
    }

    private static void run(Command command, int opcode, Identity qp, int optional) {
        WireWords.put(command.memory(), command.inputPa() + QpContext.OPT_PARAM_MASK, optional);
        command.withInput(opcode, qp.qpn, 0);
    }

    private static boolean isDatagram(Identity qp) {
        return qp.type == QpType.UD || qp.type == QpType.GSI;
    }

    private static int serviceType(QpType type) {
        return switch (type) {
            case RC -> ServiceType.RC;
            case UC -> ServiceType.UC;
            case UD -> ServiceType.UD;
            case GSI -> ServiceType.MLX;
        };
    }

    private static int log(int count) {
        return count <= 1 ? 0 : 32 - Integer.numberOfLeadingZeros(count - 1);
    }
}
