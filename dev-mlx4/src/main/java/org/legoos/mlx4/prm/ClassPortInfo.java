package org.legoos.mlx4.prm;

/** ClassPortInfo attribute (IBA 13.4.8.1): what a management class's agent can do. */
public final class ClassPortInfo {
    public static final int SIZE_BYTES = 72;

    public static final Field BASE_VERSION = Field.byteAt(0);
    public static final Field CLASS_VERSION = Field.byteAt(1);
    public static final Field CAPABILITY_MASK = Field.word16(2);
    public static final Field CAPABILITY_MASK_2 = Field.bits(4, 31, 5);
    public static final Field RESP_TIME = Field.bits(4, 4, 0);

    private ClassPortInfo() {}
}
