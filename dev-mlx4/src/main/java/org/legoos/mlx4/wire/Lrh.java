package org.legoos.mlx4.wire;

import java.util.List;

/** Local route header (IBA 7.7): what switches look at. */
public final class Lrh {
    public static final int SIZE = 8;

    public static final Field VL = Field.at("VL", 0, 31, 28);
    public static final Field LVER = Field.at("LVer", 0, 27, 24);
    public static final Field SL = Field.at("SL", 0, 23, 20);
    public static final Field RESERVED0 = Field.at("rsv0", 0, 19, 18);
    public static final Field LNH = Field.at("LNH", 0, 17, 16);
    public static final Field DLID = Field.at("DLID", 0, 15, 0);
    public static final Field RESERVED4 = Field.at("rsv4", 4, 31, 27);
    /** In 4-byte words, from the first byte of the LRH to the end of the ICRC. */
    public static final Field PACKET_LENGTH = Field.at("PktLen", 4, 26, 16);
    public static final Field SLID = Field.at("SLID", 4, 15, 0);

    public static final List<Field> FIELDS =
            List.of(VL, LVER, SL, RESERVED0, LNH, DLID, RESERVED4, PACKET_LENGTH, SLID);

    /** LNH: a BTH follows. */
    public static final int LNH_IBA_LOCAL = 2;
    /** LNH: a GRH follows, then a BTH. */
    public static final int LNH_IBA_GLOBAL = 3;

    public static final int LID_PERMISSIVE = 0xffff;
    public static final int LID_MULTICAST_FIRST = 0xc000;
    /** The virtual lane of subnet management packets; they pass ports that are not yet active. */
    public static final int VL_MANAGEMENT = 15;

    private Lrh() {}

    public static boolean isMulticast(int lid) {
        return lid >= LID_MULTICAST_FIRST && lid < LID_PERMISSIVE;
    }
}
