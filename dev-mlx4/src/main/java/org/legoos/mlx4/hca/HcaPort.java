package org.legoos.mlx4.hca;

import org.legoos.mlx4.fabric.Port;
import org.legoos.mlx4.fabric.PortState;
import org.legoos.mlx4.prm.EventType;
import org.legoos.mlx4.wire.PKey;

/** One port as the card's firmware keeps it: the fabric's port, and the tables that software and managers set. */
final class HcaPort {
    /** What a ConnectX-3 with this firmware shows. */
    static final int DEFAULT_CAPABILITY_MASK = 0x02514868;

    final int number;
    final Port port;
    final int[] pKeys = new int[1 << HcaLimits.LOG_PKEYS];
    final long[] guids = new long[1 << HcaLimits.LOG_GIDS];
    int capabilityMask;
    int pKeyViolations;
    int qKeyViolations;
    final PortSettings settings = new PortSettings();
    final CardTraps traps;

    // What software has not been told yet.
    boolean askedToReregister;
    boolean hasNewSlToVl;
    long changedPKeyBlocks;
    long changedGuidBlocks;
    private final long portGuid;
    private boolean wasActive;
    private int knownLid;
    private int knownSmLid;
    private long knownGidPrefix;

    HcaPort(int number, Port port, long portGuid, HcaCore core) {
        this.number = number;
        this.port = port;
        this.portGuid = portGuid;
        traps = new CardTraps(core, this);
        reset();
    }

    void reset() {
        java.util.Arrays.fill(pKeys, 0);
        java.util.Arrays.fill(guids, 0);
        pKeys[0] = PKey.DEFAULT;
        guids[0] = portGuid;
        capabilityMask = DEFAULT_CAPABILITY_MASK;
        pKeyViolations = 0;
        qKeyViolations = 0;
        settings.reset();
        traps.clear();
        askedToReregister = false;
        hasNewSlToVl = false;
        changedPKeyBlocks = 0;
        changedGuidBlocks = 0;
        wasActive = false;
        knownLid = port.lid();
        knownSmLid = port.smLid();
        knownGidPrefix = settings.gidPrefix;
    }

    int pKey(int index) {
        return pKeys[index & pKeys.length - 1];
    }

    /** Index of the first table entry that lets in packets with that P_Key, or -1 (IBA 10.9.3). */
    int pKeyIndex(int pKey) {
        for (int i = 0; i < pKeys.length; i++) {
            if (pKeys[i] != 0 && PKey.isShared(pKey, pKeys[i])) {
                return i;
            }
        }
        return -1;
    }

    /** Upper and lower half of the GID with that index. */
    long gidHigh() {
        return settings.gidPrefix;
    }

    long gidLow(int index) {
        return guids[index & guids.length - 1];
    }

    boolean isLinkUp() {
        return port.state() != PortState.DOWN;
    }

    /** Tells software what changed: tables and addresses first, then that the port can be used or no longer can. */
    void noticeChange(EventQueues events) {
        tellTables(events);
        askedToReregister |= port.takeReregister();
        boolean hasChanged = port.takeChange();
        if (!hasChanged && !askedToReregister && knownGidPrefix == settings.gidPrefix) {
            return;
        }
        tellAddresses(events);
        boolean isActive = port.state() == PortState.ACTIVE;
        if (isActive != wasActive) {
            wasActive = isActive;
            events.postPortChange(number, isActive);
        }
    }

    private void tellAddresses(EventQueues events) {
        int changed = (port.smLid() != knownSmLid ? EventType.CHANGED_SM_LID : 0)
                | (settings.gidPrefix != knownGidPrefix ? EventType.CHANGED_GID_PREFIX : 0)
                | (port.lid() != knownLid ? EventType.CHANGED_LID : 0)
                | (askedToReregister ? EventType.CHANGED_CLIENT_REREGISTER : 0);
        askedToReregister = false;
        knownSmLid = port.smLid();
        knownLid = port.lid();
        knownGidPrefix = settings.gidPrefix;
        if (changed != 0) {
            events.postPortInfoChange(number, knownSmLid, knownLid, changed, settings.masterSmSl, knownGidPrefix);
        }
    }

    private void tellTables(EventQueues events) {
        for (; changedPKeyBlocks != 0; changedPKeyBlocks &= changedPKeyBlocks - 1) {
            events.postTableChange(number, EventType.CHANGE_PKEY_TABLE, Long.numberOfTrailingZeros(changedPKeyBlocks));
        }
        for (; changedGuidBlocks != 0; changedGuidBlocks &= changedGuidBlocks - 1) {
            events.postTableChange(number, EventType.CHANGE_GUID_INFO, Long.numberOfTrailingZeros(changedGuidBlocks));
        }
        if (hasNewSlToVl) {
            hasNewSlToVl = false;
            events.postSlToVlChange(number, settings.slToVl);
        }
    }
}
