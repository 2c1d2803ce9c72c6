package org.legoos.mlx4.hca;

import java.util.Arrays;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.PortInfo;

/** What a subnet manager sets at a port (IBA 14.2.5), beyond what the link itself knows. */
final class PortSettings {
    static final int VLS = 8;
    static final int VL_CAP_CODE = 4; // VL0 to VL7
    static final int ARBITRATION_BLOCKS = 4;
    static final int SL_TO_VL_BYTES = 8;
    static final int MTU_4096 = 5;
    private static final int OPERATIONAL_VL0 = 1;
    private static final int SUBNET_TIMEOUT_CODE = 18;
    private static final int THRESHOLD = 8;
    private static final int ARBITRATION_ENTRIES = 8;

    long mKey;
    long gidPrefix;
    int mKeyLeaseS;
    int mKeyProtect;
    /** When the protection ends because a wrong key came and its owner did not answer; 0 = no lease runs. */
    long leaseEndsNs;
    int masterSmSl;
    int widthEnabled;
    int speedEnabled;
    int downDefaultState;
    int neighborMtu;
    int vlHighLimit;
    int vlStallCount;
    int hoqLife;
    int operationalVls;
    int subnetTimeout;
    int localPhyErrors;
    int overrunErrors;
    int mKeyViolations;
    final byte[] slToVl = new byte[SL_TO_VL_BYTES];
    final byte[] vlArbitration = new byte[ARBITRATION_BLOCKS * Mad.SMP_DATA_BYTES];

    void reset() {
        mKey = 0;
        gidPrefix = PortInfo.DEFAULT_GID_PREFIX;
        mKeyLeaseS = 0;
        mKeyProtect = 0;
        leaseEndsNs = 0;
        masterSmSl = 0;
        widthEnabled = PortInfoAttribute.WIDTHS;
        speedEnabled = PortInfoAttribute.SPEEDS;
        downDefaultState = PortInfo.PHYS_POLLING;
        neighborMtu = MTU_4096;
        vlHighLimit = 0;
        vlStallCount = 0;
        hoqLife = 0;
        operationalVls = OPERATIONAL_VL0;
        subnetTimeout = SUBNET_TIMEOUT_CODE;
        localPhyErrors = THRESHOLD;
        overrunErrors = THRESHOLD;
        mKeyViolations = 0;
        for (int i = 0; i < SL_TO_VL_BYTES; i++) { // SL n to VL n modulo 8
            slToVl[i] = (byte) ((2 * i % VLS) << 4 | (2 * i + 1) % VLS);
        }
        Arrays.fill(vlArbitration, (byte) 0);
        for (int vl = 0; vl < ARBITRATION_ENTRIES; vl++) { // the low table: every lane the same weight
            vlArbitration[2 * vl] = (byte) vl;
            vlArbitration[2 * vl + 1] = 1;
        }
    }
}
