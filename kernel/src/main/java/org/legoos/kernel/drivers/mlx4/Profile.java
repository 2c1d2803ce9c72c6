package org.legoos.kernel.drivers.mlx4;

/**
 * How many objects of each kind the driver asks INIT_HCA for, as logarithms (Linux: struct mlx4_profile).
 * The default is for a LegoOS node: tens of nodes with a dozen QPs each. Its context memory is about
 * 1.5 MB of physical memory, of which the device touches what it uses.
 */
record Profile(int logQps, int logSrqs, int logCqs, int logEqs, int logRdmarcPerQp, int logMpts, int logMtts, int logMcgs) {
    static final int LOG_MCG_ENTRY_BYTES = 6;

    /** The smallest that holds {@code wanted} beyond what firmware reserves. */
    static Profile forNode(DeviceCaps caps) {
        return new Profile(
                atLeast(10, caps.reservedQps() + 512),
                atLeast(6, caps.reservedSrqs() + 1),
                atLeast(8, caps.reservedCqs() + 64),
                atLeast(3, caps.reservedEqs() + EventQueues.COUNT),
                3,
                atLeast(9, caps.reservedMpts() + 256),
                atLeast(13, caps.reservedMtts() + 4096),
                8);
    }

    private static int atLeast(int log, int count) {
        return Math.max(log, 32 - Integer.numberOfLeadingZeros(count - 1));
    }
}
