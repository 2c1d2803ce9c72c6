package org.legoos.mlx4.wire;

import java.util.List;

/** Global route header (IBA 8.3): 40 bytes with the layout of an IPv6 header. */
public final class Grh {
    public static final int SIZE = 40;

    public static final Field IP_VERSION = Field.at("IPVer", 0, 31, 28);
    public static final Field TRAFFIC_CLASS = Field.at("TClass", 0, 27, 20);
    public static final Field FLOW_LABEL = Field.at("FlowLabel", 0, 19, 0);
    /** Bytes after the GRH up to and including the ICRC. */
    public static final Field PAYLOAD_LENGTH = Field.at("PayLen", 4, 31, 16);
    public static final Field NEXT_HEADER = Field.at("NxtHdr", 4, 15, 8);
    public static final Field HOP_LIMIT = Field.at("HopLmt", 4, 7, 0);
    public static final LongField SGID_HIGH = new LongField("SGID high", 8);
    public static final LongField SGID_LOW = new LongField("SGID low", 16);
    public static final LongField DGID_HIGH = new LongField("DGID high", 24);
    public static final LongField DGID_LOW = new LongField("DGID low", 32);

    public static final List<Field> FIELDS =
            List.of(IP_VERSION, TRAFFIC_CLASS, FLOW_LABEL, PAYLOAD_LENGTH, NEXT_HEADER, HOP_LIMIT);
    public static final List<LongField> LONG_FIELDS = List.of(SGID_HIGH, SGID_LOW, DGID_HIGH, DGID_LOW);

    public static final int IP_VERSION_6 = 6;
    public static final int NEXT_HEADER_IBA = 0x1b;

    private Grh() {}
}
