package org.legoos.mlx4.wire;

import java.util.List;

/** IPv6 header (RFC 8200): the outer header of RoCE v2 over IPv6. */
public final class Ipv6 {
    public static final int SIZE = 40;

    public static final Field VERSION = Field.at("version", 0, 31, 28);
    public static final Field TRAFFIC_CLASS = Field.at("class", 0, 27, 20);
    public static final Field FLOW_LABEL = Field.at("flow", 0, 19, 0);
    public static final Field PAYLOAD_LENGTH = Field.at("length", 4, 31, 16);
    public static final Field NEXT_HEADER = Field.at("next", 4, 15, 8);
    public static final Field HOP_LIMIT = Field.at("hops", 4, 7, 0);
    public static final LongField SOURCE_HIGH = new LongField("source high", 8);
    public static final LongField SOURCE_LOW = new LongField("source low", 16);
    public static final LongField DESTINATION_HIGH = new LongField("destination high", 24);
    public static final LongField DESTINATION_LOW = new LongField("destination low", 32);

    public static final List<Field> FIELDS =
            List.of(VERSION, TRAFFIC_CLASS, FLOW_LABEL, PAYLOAD_LENGTH, NEXT_HEADER, HOP_LIMIT);
    public static final List<LongField> LONG_FIELDS =
            List.of(SOURCE_HIGH, SOURCE_LOW, DESTINATION_HIGH, DESTINATION_LOW);

    private Ipv6() {}
}
