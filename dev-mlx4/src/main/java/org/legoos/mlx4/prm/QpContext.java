package org.legoos.mlx4.prm;

import java.lang.foreign.MemorySegment;

/** Queue pair context. In QP command mailboxes it follows {@link #OPT_PARAM_MASK} at {@link #MAILBOX_OFFSET}. */
public final class QpContext {
    public static final int SIZE_BYTES = 0xf8;
    public static final int MAILBOX_OFFSET = 0x08;
    public static final int MAILBOX_SIZE_BYTES = 0x100;

    public static final Field STATE = Field.bits(0x00, 31, 28);
    public static final Field SERVICE_TYPE = Field.bits(0x00, 19, 16);
    public static final Field PATH_MIGRATION = Field.bits(0x00, 12, 11);
    public static final Field PD = Field.bits(0x04, 23, 0);
    public static final Field MTU = Field.bits(0x08, 31, 29);
    public static final Field LOG_MSG_MAX = Field.bits(0x08, 28, 24);
    public static final Field LOG_RQ_SIZE = Field.bits(0x08, 22, 19);
    /** Log of the RQ WQE size, minus 4. */
    public static final Field LOG_RQ_STRIDE = Field.bits(0x08, 18, 16);
    public static final Field SQ_NO_PREFETCH = Field.bit(0x08, 15);
    public static final Field LOG_SQ_SIZE = Field.bits(0x08, 14, 11);
    /** Log of the SQ WQE size, minus 4. */
    public static final Field LOG_SQ_STRIDE = Field.bits(0x08, 10, 8);
    public static final Field RESERVED_LKEY_OK = Field.bit(0x08, 4);
    public static final Field USR_PAGE = Field.bits(0x0c, 23, 0);
    public static final Field LOCAL_QPN = Field.bits(0x10, 23, 0);
    public static final Field REMOTE_QPN = Field.bits(0x14, 23, 0);
    /** An {@link AddressPath}. */
    public static final int PRIMARY_PATH = 0x18;
    public static final int ALTERNATE_PATH = 0x44;
    public static final Field ACK_REQ_FREQ = Field.bits(0x70, 31, 28);
    /** Log of outstanding RDMA reads and atomics as requester. */
    public static final Field LOG_SRA_MAX = Field.bits(0x70, 23, 21);
    public static final Field RETRY_COUNT = Field.bits(0x70, 18, 16);
    public static final Field RNR_RETRY = Field.bits(0x70, 15, 13);
    public static final Field FAST_REG_ENABLE = Field.bit(0x70, 11);
    public static final Field CUR_RNR_RETRY = Field.bits(0x70, 10, 8);
    public static final Field CUR_RETRY = Field.bits(0x70, 7, 5);
    public static final Field NEXT_SEND_PSN = Field.bits(0x78, 23, 0);
    public static final Field CQN_SEND = Field.bits(0x7c, 23, 0);
    public static final Field LAST_ACKED_PSN = Field.bits(0x88, 23, 0);
    public static final Field SSN = Field.bits(0x8c, 23, 0);
    /** Log of outstanding RDMA reads and atomics as responder. */
    public static final Field LOG_RRA_MAX = Field.bits(0x90, 23, 21);
    public static final Field REMOTE_READ_ENABLE = Field.bit(0x90, 15);
    public static final Field REMOTE_WRITE_ENABLE = Field.bit(0x90, 14);
    public static final Field REMOTE_ATOMIC_ENABLE = Field.bit(0x90, 13);
    /** Start of the work queue buffer in its first page, in units of 64 bytes. */
    public static final Field PAGE_OFFSET = Field.bits(0x90, 11, 6);
    public static final Field RECEIVE_INVALID_CREDIT = Field.bit(0x90, 4);
    public static final Field MIN_RNR_TIMER = Field.bits(0x94, 28, 24);
    public static final Field NEXT_RECV_PSN = Field.bits(0x94, 23, 0);
    public static final Field XRC_DOMAIN = Field.bits(0x98, 15, 0);
    public static final Field CQN_RECV = Field.bits(0x9c, 23, 0);
    public static final LongField DB_RECORD = LongField.bits(0xa0, 63, 2);
    public static final Field QKEY = Field.word32(0xa8);
    public static final Field SRQ = Field.bit(0xac, 24);
    public static final Field SRQN = Field.bits(0xac, 23, 0);
    public static final Field MSN = Field.bits(0xb0, 23, 0);
    public static final Field RQ_WQE_COUNTER = Field.bits(0xb4, 31, 16);
    public static final Field SQ_WQE_COUNTER = Field.bits(0xb4, 15, 0);
    public static final Field INLINE_SCATTER = Field.bit(0xc0, 25);
    public static final Field LOG_PAGE_SIZE = Field.bits(0xc8, 29, 24);
    public static final LongField MTT_BASE = LongField.bits(0xc8, 39, 3);

    /** In the command mailbox (not in the context): which optional fields count, see {@link OptParam}. */
    public static final int OPT_PARAM_MASK = 0x00;
    public static final Field OPT_PARAMS = Field.word32(OPT_PARAM_MASK);

    /** {@link #PATH_MIGRATION}: the state of a queue pair that does not migrate. */
    public static final int MIGRATED = 3;

    private QpContext() {}

    /** Receives come from SRQs, or there are none: what the context says about a receive queue is without meaning. */
    public static boolean hasNoReceiveQueue(MemorySegment context) {
        return SRQ.isSet(context, 0) || SERVICE_TYPE.get(context, 0) == ServiceType.XRC;
    }
}
