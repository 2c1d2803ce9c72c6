package org.legoos.mlx4.prm.mad;

import org.legoos.mlx4.prm.Field;
import org.legoos.mlx4.prm.LongField;

/**
 * Messages of the connection manager (IBA 12.6; Linux: ibta_vol1_c12.h). All are sent with method Send; the attribute says which
 * one it is. The identifiers of sender and receiver are at the same place in all of them (REQ has no receiver's yet).
 */
public final class CmMad {
    public static final int CLASS_COMM_MGT = 0x07;
    public static final int CLASS_VERSION = 2;
    public static final int METHOD_SEND = 0x03;

    public static final int ATTR_REQ = 0x10;
    public static final int ATTR_MRA = 0x11;
    public static final int ATTR_REJ = 0x12;
    public static final int ATTR_REP = 0x13;
    public static final int ATTR_RTU = 0x14;
    public static final int ATTR_DREQ = 0x15;
    public static final int ATTR_DREP = 0x16;

    public static final Field LOCAL_COMM_ID = Field.word32(24);
    public static final Field REMOTE_COMM_ID = Field.word32(28);

    /** Of MRA and REJ: the message that it is about. */
    public static final int ABOUT_REQ = 0;
    public static final int ABOUT_REP = 1;
    public static final int ABOUT_OTHER = 2;

    /** Transport services, as REQ names them. */
    public static final int SERVICE_RC = 0;
    public static final int SERVICE_UC = 1;

    private CmMad() {}

    /** REQ: table 106. Times are 4.096 us times 2 to their value. */
    public static final class Req {
        public static final LongField SERVICE_ID = LongField.word64(32);
        public static final LongField LOCAL_CA_GUID = LongField.word64(40);
        public static final Field LOCAL_QKEY = Field.word32(52);
        public static final Field LOCAL_QPN = Field.bits(56, 31, 8);
        public static final Field RESPONDER_RESOURCES = Field.bits(56, 7, 0);
        public static final Field INITIATOR_DEPTH = Field.bits(60, 7, 0);
        /** In which the receiver is to answer. */
        public static final Field REMOTE_RESPONSE_TIMEOUT = Field.bits(64, 7, 3);
        public static final Field TRANSPORT_SERVICE = Field.bits(64, 2, 1);
        public static final Field END_TO_END_FLOW_CONTROL = Field.bit(64, 0);
        /** With which the receiver of this is to begin to send. */
        public static final Field STARTING_PSN = Field.bits(68, 31, 8);
        /** In which the sender is going to answer. */
        public static final Field LOCAL_RESPONSE_TIMEOUT = Field.bits(68, 7, 3);
        public static final Field RETRY_COUNT = Field.bits(68, 2, 0);
        public static final Field P_KEY = Field.word16(72);
        public static final Field PATH_MTU = Field.byteBits(74, 7, 4);
        public static final Field RNR_RETRY_COUNT = Field.byteBits(74, 2, 0);
        public static final Field MAX_CM_RETRIES = Field.byteBits(75, 7, 4);
        public static final Field SRQ = Field.byteBits(75, 3, 3);
        /** The path from the sender's point of view. */
        public static final Field PRIMARY_LOCAL_LID = Field.word16(76);
        public static final Field PRIMARY_REMOTE_LID = Field.word16(78);
        public static final LongField PRIMARY_LOCAL_GID_HI = LongField.word64(80);
        public static final LongField PRIMARY_LOCAL_GID_LO = LongField.word64(88);
        public static final LongField PRIMARY_REMOTE_GID_HI = LongField.word64(96);
        public static final LongField PRIMARY_REMOTE_GID_LO = LongField.word64(104);
        public static final Field PRIMARY_FLOW_LABEL = Field.bits(112, 31, 12);
        public static final Field PRIMARY_RATE = Field.bits(112, 5, 0);
        public static final Field PRIMARY_TRAFFIC_CLASS = Field.byteAt(116);
        public static final Field PRIMARY_HOP_LIMIT = Field.byteAt(117);
        public static final Field PRIMARY_SL = Field.byteBits(118, 7, 4);
        public static final Field PRIMARY_SUBNET_LOCAL = Field.byteBits(118, 3, 3);
        public static final Field PRIMARY_ACK_TIMEOUT = Field.byteBits(119, 7, 3);
        public static final int PRIVATE_DATA = 164;
        public static final int PRIVATE_DATA_BYTES = 92;

        private Req() {}
    }

    /** MRA: table 107. */
    public static final class Mra {
        public static final Field MESSAGE = Field.byteBits(32, 7, 6);
        public static final Field SERVICE_TIMEOUT = Field.byteBits(33, 7, 3);

        private Mra() {}
    }

    /** REJ: table 108, reasons of table 109. */
    public static final class Rej {
        public static final Field MESSAGE = Field.byteBits(32, 7, 6);
        public static final Field INFO_LENGTH = Field.byteBits(33, 7, 1);
        public static final Field REASON = Field.word16(34);
        /** With reason {@link #TIMEOUT}: the sender's card, in case that its identifier never arrived. */
        public static final LongField CA_GUID = LongField.word64(36);
        public static final int PRIVATE_DATA = 108;

        public static final int NO_RESOURCES = 3;
        public static final int TIMEOUT = 4;
        public static final int UNSUPPORTED = 5;
        public static final int INVALID_COMM_ID = 6;
        public static final int INVALID_SERVICE_ID = 8;
        public static final int INVALID_TRANSPORT_TYPE = 9;
        public static final int STALE_CONNECTION = 10;
        public static final int INVALID_LID = 13;
        public static final int INVALID_MTU = 26;
        public static final int CONSUMER_DEFINED = 28;
        public static final int INVALID_CLASS_VERSION = 31;

        private Rej() {}
    }

    /** REP: table 110. */
    public static final class Rep {
        public static final Field LOCAL_QPN = Field.bits(36, 31, 8);
        public static final Field STARTING_PSN = Field.bits(44, 31, 8);
        public static final Field RESPONDER_RESOURCES = Field.byteAt(48);
        public static final Field INITIATOR_DEPTH = Field.byteAt(49);
        public static final Field TARGET_ACK_DELAY = Field.byteBits(50, 7, 3);
        public static final Field RNR_RETRY_COUNT = Field.byteBits(51, 7, 5);
        public static final Field SRQ = Field.byteBits(51, 4, 4);
        public static final LongField LOCAL_CA_GUID = LongField.word64(52);
        public static final int PRIVATE_DATA = 60;
        public static final int PRIVATE_DATA_BYTES = 196;

        private Rep() {}
    }

    /** DREQ: table 112. */
    public static final class Dreq {
        public static final Field REMOTE_QPN = Field.bits(32, 31, 8);

        private Dreq() {}
    }
}
