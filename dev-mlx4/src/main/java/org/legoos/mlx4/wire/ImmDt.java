package org.legoos.mlx4.wire;

import java.util.List;

/** Immediate data (ImmDt) or the R_Key to invalidate (IETH): 4 bytes in the same place, told apart by the opcode. */
public final class ImmDt {
    public static final int SIZE = 4;

    public static final Field DATA = Field.at("ImmDt/R_Key", 0, 31, 0);

    public static final List<Field> FIELDS = List.of(DATA);

    private ImmDt() {}
}
