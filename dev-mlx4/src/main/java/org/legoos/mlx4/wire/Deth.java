package org.legoos.mlx4.wire;

import java.util.List;

/** Datagram extended transport header (IBA 9.3.2). */
public final class Deth {
    public static final int SIZE = 8;

    public static final Field Q_KEY = Field.at("Q_Key", 0, 31, 0);
    public static final Field RESERVED4 = Field.at("rsv4", 4, 31, 24);
    public static final Field SRC_QP = Field.at("SrcQP", 4, 23, 0);

    public static final List<Field> FIELDS = List.of(Q_KEY, RESERVED4, SRC_QP);

    private Deth() {}
}
