package org.legoos.mlx4.wire;

import java.util.List;

/** Extended reliable connected transport header (IBA Annex A14.4): in every request, right behind the BTH. */
public final class XrcEth {
    public static final int SIZE = 4;

    public static final Field RESERVED = Field.at("rsv", 0, 31, 24);
    public static final Field SRQN = Field.at("XRCSRQ", 0, 23, 0);

    public static final List<Field> FIELDS = List.of(RESERVED, SRQN);

    private XrcEth() {}
}
