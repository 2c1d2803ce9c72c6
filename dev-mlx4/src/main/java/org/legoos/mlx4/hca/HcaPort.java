package org.legoos.mlx4.hca;

import org.legoos.mlx4.fabric.Port;
import org.legoos.mlx4.fabric.PortState;
import org.legoos.mlx4.prm.PortInfo;
import org.legoos.mlx4.wire.Bth;

/** One port as the card's firmware keeps it: the fabric's port, and the tables that software and managers set. */
final class HcaPort {
    static final int DEFAULT_PKEY = 0xffff;
    /** What a ConnectX-3 with this firmware shows. */
    private static final int DEFAULT_CAPABILITY_MASK = 0x02514868;

    final int number;
    final Port port;
    final int[] pKeys = new int[1 << HcaLimits.LOG_PKEYS];
    final long[] guids = new long[1 << HcaLimits.LOG_GIDS];
    int capabilityMask;
    int pKeyViolations;
    int qKeyViolations;
    private final long portGuid;
    private boolean wasActive;

    HcaPort(int number, Port port, long portGuid) {
        this.number = number;
        this.port = port;
        this.portGuid = portGuid;
        reset();
    }

    void reset() {
        java.util.Arrays.fill(pKeys, 0);
        java.util.Arrays.fill(guids, 0);
        pKeys[0] = DEFAULT_PKEY;
        guids[0] = portGuid;
        capabilityMask = DEFAULT_CAPABILITY_MASK;
        pKeyViolations = 0;
        qKeyViolations = 0;
        wasActive = false;
    }

    int pKey(int index) {
        return pKeys[index & pKeys.length - 1];
    }

    /** Index of the first table entry that lets in packets with that P_Key, or -1 (IBA 10.9.3). */
    int pKeyIndex(int pKey) {
        for (int i = 0; i < pKeys.length; i++) {
            if (pKeys[i] != 0 && Bth.samePartition(pKey, pKeys[i])) {
                return i;
            }
        }
        return -1;
    }

    /** Upper and lower half of the GID with that index. */
    long gidHigh() {
        return PortInfo.DEFAULT_GID_PREFIX;
    }

    long gidLow(int index) {
        return guids[index & guids.length - 1];
    }

    boolean isLinkUp() {
        return port.state() != PortState.DOWN;
    }

    /** Tells software when the port became usable or ceased to be. */
    void noticeChange(EventQueues events) {
        if (!port.takeChange()) {
            return;
        }
        boolean isActive = port.state() == PortState.ACTIVE;
        if (isActive != wasActive) {
            wasActive = isActive;
            events.postPortChange(number, isActive);
        }
    }
}
