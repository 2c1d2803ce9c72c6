package org.legoos.mlx4.wire;

import java.util.List;

/** Base transport header (IBA 9.2). */
public final class Bth {
    public static final int SIZE = 12;

    public static final Field OPCODE = Field.at("OpCode", 0, 31, 24);
    public static final Field SOLICITED = Field.at("SE", 0, 23, 23);
    /**
     * 1 = the path is "migrated", the state of a QP that does no automatic path migration: what we send. Receivers
     * take both values, for soft-RoCE sends 0.
     */
    public static final Field MIG_REQ = Field.at("MigReq", 0, 22, 22);
    public static final Field PAD_COUNT = Field.at("PadCnt", 0, 21, 20);
    public static final Field TVER = Field.at("TVer", 0, 19, 16);
    public static final Field P_KEY = Field.at("P_Key", 0, 15, 0);
    /** FECN, BECN and reserved bits; not covered by the ICRC. */
    public static final Field VARIANT = Field.at("resv8a", 4, 31, 24);
    public static final Field DEST_QP = Field.at("DestQP", 4, 23, 0);
    public static final Field ACK_REQ = Field.at("AckReq", 8, 31, 31);
    public static final Field RESERVED8 = Field.at("resv7", 8, 30, 24);
    public static final Field PSN = Field.at("PSN", 8, 23, 0);

    public static final List<Field> FIELDS = List.of(
            OPCODE, SOLICITED, MIG_REQ, PAD_COUNT, TVER, P_KEY, VARIANT, DEST_QP, ACK_REQ, RESERVED8, PSN);

    public static final int QP_MULTICAST = 0xffffff;

    private Bth() {}
}
