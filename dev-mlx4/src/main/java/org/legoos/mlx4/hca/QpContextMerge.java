package org.legoos.mlx4.hca;

import java.lang.foreign.MemorySegment;
import org.legoos.mlx4.prm.AddressPath;
import org.legoos.mlx4.prm.Field;
import org.legoos.mlx4.prm.Opcode;
import org.legoos.mlx4.prm.OptParam;
import org.legoos.mlx4.prm.QpContext;
import org.legoos.mlx4.prm.ServiceType;

/**
 * Which fields of a mailbox's QP context each transition takes over: some always, others when their mask bit is set.
 * Software fills a zeroed context each time, so nothing else may be looked at.
 */
final class QpContextMerge {
    private static final int PATH = QpContext.PRIMARY_PATH;

    private static final Field[] RESPONDER = {
        QpContext.MTU, QpContext.LOG_MSG_MAX, QpContext.REMOTE_QPN, QpContext.NEXT_RECV_PSN, QpContext.LOG_RRA_MAX,
        QpContext.MIN_RNR_TIMER
    };
    private static final Field[] REQUESTER = {
        QpContext.NEXT_SEND_PSN, QpContext.RETRY_COUNT, QpContext.RNR_RETRY, QpContext.LOG_SRA_MAX,
        QpContext.ACK_REQ_FREQ
    };

    private record Optional(int mask, Field field) {}

    private static final Optional[] OPTIONAL = {
        new Optional(OptParam.REMOTE_READ, QpContext.REMOTE_READ_ENABLE),
        new Optional(OptParam.REMOTE_ATOMIC, QpContext.REMOTE_ATOMIC_ENABLE),
        new Optional(OptParam.REMOTE_WRITE, QpContext.REMOTE_WRITE_ENABLE),
        new Optional(OptParam.QKEY, QpContext.QKEY),
        new Optional(OptParam.MIN_RNR_TIMER, QpContext.MIN_RNR_TIMER),
        new Optional(OptParam.SRA_MAX, QpContext.LOG_SRA_MAX),
        new Optional(OptParam.RRA_MAX, QpContext.LOG_RRA_MAX),
        new Optional(OptParam.PATH_MIGRATION, QpContext.PATH_MIGRATION),
        new Optional(OptParam.RETRY_COUNT, QpContext.RETRY_COUNT),
        new Optional(OptParam.RNR_RETRY, QpContext.RNR_RETRY)
    };
    private static final Optional[] OPTIONAL_OF_PATH = {
        new Optional(OptParam.PKEY_INDEX, AddressPath.PKEY_INDEX),
        new Optional(OptParam.ACK_TIMEOUT, AddressPath.ACK_TIMEOUT),
        new Optional(OptParam.SCHED_QUEUE, AddressPath.SCHED_QUEUE),
        new Optional(OptParam.COUNTER_INDEX, AddressPath.COUNTER_INDEX)
    };

    private QpContextMerge() {}

    /** @param mailbox the whole mailbox: mask, then context */
    static void merge(int opcode, MemorySegment mailbox, MemorySegment context) {
        int mask = QpContext.OPT_PARAMS.get(mailbox, 0);
        long from = QpContext.MAILBOX_OFFSET;
        boolean isConnected = QpContext.SERVICE_TYPE.get(context, 0) != ServiceType.UD
                && QpContext.SERVICE_TYPE.get(context, 0) != ServiceType.MLX;
        if (opcode == Opcode.INIT2RTR_QP) {
            copyAll(RESPONDER, mailbox, from, context);
            if (isConnected) {
                copyPath(mailbox, from, context);
            } else {
                copy(AddressPath.SCHED_QUEUE, mailbox, from + PATH, context, PATH);
            }
        } else if (opcode == Opcode.RTR2RTS_QP) {
            copyAll(REQUESTER, mailbox, from, context);
            copy(AddressPath.ACK_TIMEOUT, mailbox, from + PATH, context, PATH);
        } else if ((mask & OptParam.PRIMARY_PATH) != 0) {
            copyPath(mailbox, from, context);
        }
        for (Optional optional : OPTIONAL) {
            if ((mask & optional.mask) != 0) {
                copy(optional.field, mailbox, from, context, 0);
            }
        }
        for (Optional optional : OPTIONAL_OF_PATH) {
            if ((mask & optional.mask) != 0) {
                copy(optional.field, mailbox, from + PATH, context, PATH);
            }
        }
    }

    /** The path without the parts that have mask bits of their own. */
    private static void copyPath(MemorySegment mailbox, long from, MemorySegment context) {
        int pKeyIndex = AddressPath.PKEY_INDEX.get(context, PATH);
        int ackTimeout = AddressPath.ACK_TIMEOUT.get(context, PATH);
        MemorySegment.copy(mailbox, from + PATH, context, PATH, AddressPath.SIZE_BYTES);
        AddressPath.PKEY_INDEX.set(context, PATH, pKeyIndex);
        AddressPath.ACK_TIMEOUT.set(context, PATH, ackTimeout);
    }

    private static void copyAll(Field[] fields, MemorySegment mailbox, long from, MemorySegment context) {
        for (Field field : fields) {
            copy(field, mailbox, from, context, 0);
        }
    }

    private static void copy(Field field, MemorySegment mailbox, long from, MemorySegment context, long to) {
        field.set(context, to, field.get(mailbox, from));
    }
}
