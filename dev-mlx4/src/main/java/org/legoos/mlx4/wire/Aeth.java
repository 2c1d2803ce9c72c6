package org.legoos.mlx4.wire;

import java.util.List;

/** ACK extended transport header (IBA 9.3.5), and the 8 bytes that follow it in an atomic acknowledge. */
public final class Aeth {
    public static final int SIZE = 4;
    /** AtomicAckETH: the original content of the remote memory. */
    public static final int ATOMIC_ACK_SIZE = 8;

    public static final Field KIND = Field.at("AETH kind", 0, 31, 29);
    /** Credit count, RNR timer or NAK code, by kind. */
    public static final Field VALUE = Field.at("AETH value", 0, 28, 24);
    public static final Field MSN = Field.at("MSN", 0, 23, 0);
    /** Relative to the AETH. */
    public static final LongField ORIGINAL_DATA = new LongField("OrigRemDt", 4);

    public static final List<Field> FIELDS = List.of(KIND, VALUE, MSN);

    public static final int KIND_ACK = 0;
    public static final int KIND_RNR_NAK = 1;
    public static final int KIND_NAK = 3;

    /** "No end-to-end flow control": what soft-RoCE and SRQ responders send. */
    public static final int CREDITS_INVALID = 31;

    public static final int NAK_SEQUENCE = 0;
    public static final int NAK_INVALID_REQUEST = 1;
    public static final int NAK_REMOTE_ACCESS = 2;
    public static final int NAK_REMOTE_OPERATION = 3;

    private Aeth() {}
}
