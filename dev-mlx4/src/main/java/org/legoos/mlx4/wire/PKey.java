package org.legoos.mlx4.wire;

/** Partition keys (IBA 10.9.1): the partition's number, and in the top bit whether it is a full member's. */
public final class PKey {
    /** A full member's of the default partition, in which everybody is. */
    public static final int DEFAULT = 0xffff;

    public static final int FULL_MEMBER = 0x8000;

    private static final int PARTITION_MASK = FULL_MEMBER - 1;

    private PKey() {}

    /** The number without the membership; 0 is no partition. */
    public static int partition(int pKey) {
        return pKey & PARTITION_MASK;
    }

    /** Partition check (IBA 10.9.3): same partition, and at least one side is a full member. */
    public static boolean isShared(int pKey, int other) {
        return partition(pKey) == partition(other) && partition(pKey) != 0 && ((pKey | other) & FULL_MEMBER) != 0;
    }
}
