package org.legoos.mlx4.sa;

import org.legoos.mlx4.prm.Field;
import org.legoos.mlx4.prm.LongField;

/** Notice attribute (IBA 13.4.8.2): what a trap or a report tells. In a subnet management packet only its first 64 bytes. */
public final class Notice {
    public static final int SIZE_BYTES = 80;

    public static final Field IS_GENERIC = Field.byteBits(0, 7, 7);
    public static final Field TYPE = Field.byteBits(0, 6, 0);
    public static final Field PRODUCER_TYPE = Field.bits(0, 23, 0);
    public static final Field TRAP_NUMBER = Field.word16(4);
    public static final Field ISSUER_LID = Field.word16(6);
    /** Bit 15: toggles; the rest counts. */
    public static final Field TOGGLE_AND_COUNT = Field.word16(8);
    /** Where the trap's own data begin. */
    public static final int DETAILS = 10;
    public static final int ISSUER_GID = 64;

    public static final int TYPE_URGENT = 1;
    public static final int TYPE_SECURITY = 2;
    public static final int TYPE_SUBNET = 3;
    public static final int TYPE_INFO = 4;
    public static final int PRODUCER_CA = 1;
    public static final int PRODUCER_SWITCH = 2;
    public static final int PRODUCER_CLASS_MANAGER = 4;

    /** By the subnet manager: a port came or went, a group was created or deleted; the GID follows 6 reserved bytes. */
    public static final int TRAP_IN_SERVICE = 64;
    public static final int TRAP_OUT_OF_SERVICE = 65;
    public static final int TRAP_GROUP_CREATED = 66;
    public static final int TRAP_GROUP_DELETED = 67;
    public static final int GID = DETAILS + 6;

    /** By a switch: the link state of one of its ports changed; the switch's LID. */
    public static final int TRAP_LINK_STATE = 128;
    public static final Field LINK_STATE_LID = Field.word16(10);
    /** By any port: capability mask, node description or the like changed. */
    public static final int TRAP_LOCAL_CHANGE = 144;
    public static final Field CHANGE_LID = Field.word16(12);
    /** OtherLocalChanges: {@link #CHANGE_FLAGS} tell what else changed. */
    public static final Field CHANGE_OTHER = Field.bit(12, 0);
    public static final Field CHANGE_CAPABILITY_MASK = Field.word32(16);
    public static final Field CHANGE_FLAGS = Field.word16(20);
    public static final int CHANGED_NODE_DESCRIPTION = 1;
    /** Of the system image GUID. */
    public static final int TRAP_SYSTEM_IMAGE = 145;
    public static final int TRAP_BAD_M_KEY = 256;
    public static final Field M_KEY_LID = Field.word16(12);
    public static final Field M_KEY_METHOD = Field.byteAt(16);
    public static final Field M_KEY_ATTRIBUTE = Field.word16(18);
    public static final Field M_KEY_MODIFIER = Field.word32(20);
    public static final LongField M_KEY = LongField.word64(24);
    /** Of a packet's keys; first who sent it, then who got it. */
    public static final int TRAP_BAD_P_KEY = 257;
    public static final int TRAP_BAD_Q_KEY = 258;
    public static final Field KEY_LID_1 = Field.word16(12);
    public static final Field KEY_LID_2 = Field.word16(14);
    public static final Field KEY = Field.word32(16);
    public static final Field KEY_SL = Field.bits(20, 31, 28);
    public static final Field KEY_QP_1 = Field.bits(20, 23, 0);
    public static final Field KEY_QP_2 = Field.bits(24, 23, 0);
    public static final int KEY_GID_1 = 28;
    public static final int KEY_GID_2 = 44;
    /** Of a switch port that enforces partitions. */
    public static final int TRAP_SWITCH_BAD_P_KEY = 259;

    private Notice() {}
}
