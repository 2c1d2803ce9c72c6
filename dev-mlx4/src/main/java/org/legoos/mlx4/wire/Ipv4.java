package org.legoos.mlx4.wire;

import java.util.List;

/** IPv4 header without options (RFC 791): the outer header of RoCE v2. */
public final class Ipv4 {
    public static final int SIZE = 20;

    public static final Field VERSION = Field.at("version", 0, 31, 28);
    public static final Field HEADER_WORDS = Field.at("IHL", 0, 27, 24);
    public static final Field TYPE_OF_SERVICE = Field.at("TOS", 0, 23, 16);
    public static final Field TOTAL_LENGTH = Field.at("length", 0, 15, 0);
    public static final Field IDENTIFICATION = Field.at("id", 4, 31, 16);
    public static final Field FLAGS_AND_OFFSET = Field.at("flags", 4, 15, 0);
    public static final Field TIME_TO_LIVE = Field.at("TTL", 8, 31, 24);
    public static final Field PROTOCOL = Field.at("protocol", 8, 23, 16);
    public static final Field CHECKSUM = Field.at("checksum", 8, 15, 0);
    public static final Field SOURCE = Field.at("source", 12, 31, 0);
    public static final Field DESTINATION = Field.at("destination", 16, 31, 0);

    public static final List<Field> FIELDS = List.of(VERSION, HEADER_WORDS, TYPE_OF_SERVICE, TOTAL_LENGTH,
            IDENTIFICATION, FLAGS_AND_OFFSET, TIME_TO_LIVE, PROTOCOL, CHECKSUM, SOURCE, DESTINATION);

    public static final int VERSION_4 = 4;
    public static final int PROTOCOL_UDP = 17;

    private Ipv4() {}

    /** The header checksum that belongs into {@link #CHECKSUM}, whatever is there now. */
    public static int checksum(byte[] bytes, int at) {
        int sum = -CHECKSUM.get(bytes, at);
        for (int word = 0; word < SIZE; word += 4) {
            int both = SOURCE.get(bytes, at + word - SOURCE.wordOffset());
            sum += (both >>> 16) + (both & 0xffff);
        }
        sum = (sum >>> 16) + (sum & 0xffff);
        return ~((sum >>> 16) + sum) & 0xffff;
    }
}
