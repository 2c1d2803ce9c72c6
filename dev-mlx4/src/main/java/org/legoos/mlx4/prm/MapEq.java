package org.legoos.mlx4.prm;

/** Input modifier of MAP_EQ; the input parameter is a 64-bit mask with one bit an {@link EventType}. */
public final class MapEq {
    public static final Field UNMAP = Field.bit(0, 31);
    public static final Field EQN = Field.bits(0, 30, 0);

    private MapEq() {}
}
