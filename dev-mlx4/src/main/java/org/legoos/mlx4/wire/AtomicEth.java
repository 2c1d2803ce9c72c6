package org.legoos.mlx4.wire;

import java.util.List;

/** Atomic extended transport header (IBA 9.3.4). */
public final class AtomicEth {
    public static final int SIZE = 28;

    public static final LongField VA = new LongField("VA", 0);
    public static final Field R_KEY = Field.at("R_Key", 8, 31, 0);
    public static final LongField SWAP_OR_ADD = new LongField("Swap/Add", 12);
    public static final LongField COMPARE = new LongField("Compare", 20);

    public static final List<Field> FIELDS = List.of(R_KEY);
    public static final List<LongField> LONG_FIELDS = List.of(VA, SWAP_OR_ADD, COMPARE);

    private AtomicEth() {}
}
