package org.legoos.mlx4.wire;

import java.util.List;

/** RDMA extended transport header (IBA 9.3.3). */
public final class Reth {
    public static final int SIZE = 16;

    public static final LongField VA = new LongField("VA", 0);
    public static final Field R_KEY = Field.at("R_Key", 8, 31, 0);
    public static final Field DMA_LENGTH = Field.at("DMALen", 12, 31, 0);

    public static final List<Field> FIELDS = List.of(R_KEY, DMA_LENGTH);
    public static final List<LongField> LONG_FIELDS = List.of(VA);

    private Reth() {}
}
