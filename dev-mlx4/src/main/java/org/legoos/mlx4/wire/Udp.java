package org.legoos.mlx4.wire;

import java.util.List;

/** UDP header (RFC 768) around a RoCE v2 packet. */
public final class Udp {
    public static final int SIZE = 8;

    public static final Field SOURCE_PORT = Field.at("source port", 0, 31, 16);
    public static final Field DESTINATION_PORT = Field.at("destination port", 0, 15, 0);
    public static final Field LENGTH = Field.at("length", 4, 31, 16);
    public static final Field CHECKSUM = Field.at("checksum", 4, 15, 0);

    public static final List<Field> FIELDS = List.of(SOURCE_PORT, DESTINATION_PORT, LENGTH, CHECKSUM);

    public static final int PORT_ROCE_V2 = 4791;

    private Udp() {}
}
