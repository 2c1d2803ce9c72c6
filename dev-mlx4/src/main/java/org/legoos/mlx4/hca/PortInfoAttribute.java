package org.legoos.mlx4.hca;

import java.lang.foreign.MemorySegment;
import org.legoos.mlx4.fabric.PortState;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.PortInfo;
import org.legoos.mlx4.wire.Lrh;

/** PortInfo of a card's port: Get and Set (IBA 14.2.5.6). In a Set, zero leaves most fields as they are. */
final class PortInfoAttribute {
    static final int WIDTHS = 3; // 1x, 4x
    static final int SPEEDS = 7; // SDR, DDR, QDR
    private static final int WIDTH_4X = 2;
    private static final int SPEED_QDR = 4;
    private static final int ALL_WIDTHS = 0xff;
    private static final int ALL_SPEEDS = 0xf;
    private static final int RESP_TIME_CODE = 16;
    private static final int VL_ARBITRATION_ENTRIES = 8;
    private static final int DATA = Mad.DATA;

    private PortInfoAttribute() {}

    /** Writes the attribute. @param showsMKey whether the requester may see it */
    static void get(HcaPort port, int arrivalPort, boolean showsMKey, MemorySegment m) {
        m.asSlice(DATA, Mad.SMP_DATA_BYTES).fill((byte) 0);
        PortSettings s = port.settings;
        PortInfo.M_KEY.set(m, DATA, showsMKey ? s.mKey : 0);
        PortInfo.GID_PREFIX.set(m, DATA, s.gidPrefix);
        PortInfo.LID.set(m, DATA, port.port.lid());
        PortInfo.MASTER_SM_LID.set(m, DATA, port.port.smLid());
        PortInfo.CAPABILITY_MASK.set(m, DATA, port.capabilityMask);
        PortInfo.M_KEY_LEASE_S.set(m, DATA, s.mKeyLeaseS);
        PortInfo.LOCAL_PORT.set(m, DATA, arrivalPort);
        PortInfo.WIDTH_ENABLED.set(m, DATA, s.widthEnabled);
        PortInfo.WIDTH_SUPPORTED.set(m, DATA, WIDTHS);
        PortInfo.WIDTH_ACTIVE.set(m, DATA, WIDTH_4X);
        PortInfo.SPEED_SUPPORTED.set(m, DATA, SPEEDS);
        PortInfo.PORT_STATE.set(m, DATA, port.port.state().ordinal());
        PortInfo.PHYS_STATE.set(m, DATA, physicalState(port));
        PortInfo.DOWN_DEFAULT_STATE.set(m, DATA, s.downDefaultState);
        PortInfo.M_KEY_PROTECT.set(m, DATA, s.mKeyProtect);
        PortInfo.LMC.set(m, DATA, port.port.lmc());
        PortInfo.SPEED_ACTIVE.set(m, DATA, SPEED_QDR);
        PortInfo.SPEED_ENABLED.set(m, DATA, s.speedEnabled);
        getLinkQuality(port, m);
    }

    private static void getLinkQuality(HcaPort port, MemorySegment m) {
        PortSettings s = port.settings;
        PortInfo.NEIGHBOR_MTU.set(m, DATA, Math.min(s.neighborMtu, port.port.mtuCode()));
        PortInfo.MASTER_SM_SL.set(m, DATA, s.masterSmSl);
        PortInfo.VL_CAP.set(m, DATA, PortSettings.VL_CAP_CODE);
        PortInfo.VL_HIGH_LIMIT.set(m, DATA, s.vlHighLimit);
        PortInfo.VL_ARB_HIGH_CAP.set(m, DATA, VL_ARBITRATION_ENTRIES);
        PortInfo.VL_ARB_LOW_CAP.set(m, DATA, VL_ARBITRATION_ENTRIES);
        PortInfo.MTU_CAP.set(m, DATA, port.port.mtuCode());
        PortInfo.VL_STALL_COUNT.set(m, DATA, s.vlStallCount);
        PortInfo.HOQ_LIFE.set(m, DATA, s.hoqLife);
        PortInfo.OPERATIONAL_VLS.set(m, DATA, s.operationalVls);
        PortInfo.MKEY_VIOLATIONS.set(m, DATA, s.mKeyViolations);
        PortInfo.PKEY_VIOLATIONS.set(m, DATA, port.pKeyViolations);
        PortInfo.QKEY_VIOLATIONS.set(m, DATA, port.qKeyViolations);
        PortInfo.GUID_CAP.set(m, DATA, port.guids.length);
        PortInfo.SUBNET_TIMEOUT.set(m, DATA, s.subnetTimeout);
        PortInfo.RESP_TIME.set(m, DATA, RESP_TIME_CODE);
        PortInfo.LOCAL_PHY_ERRORS.set(m, DATA, s.localPhyErrors);
        PortInfo.OVERRUN_ERRORS.set(m, DATA, s.overrunErrors);
    }

    private static int physicalState(HcaPort port) {
        if (port.isLinkUp()) {
            return PortInfo.PHYS_LINK_UP;
        }
        return port.port.isEnabled() ? PortInfo.PHYS_POLLING : PortInfo.PHYS_DISABLED;
    }

    /** Does what a Set asks for, or nothing of it; returns the status. */
    static int set(MemorySegment m, HcaPort port) {
        if (!isValid(m, port)) {
            return Mad.STATUS_BAD_FIELD;
        }
        setKeysAndLimits(m, port.settings);
        PortSettings s = port.settings;
        port.pKeyViolations = PortInfo.PKEY_VIOLATIONS.get(m, DATA);
        port.qKeyViolations = PortInfo.QKEY_VIOLATIONS.get(m, DATA);
        s.mKeyViolations = PortInfo.MKEY_VIOLATIONS.get(m, DATA);
        if (PortInfo.CLIENT_REREGISTER.isSet(m, DATA)) {
            port.askedToReregister = true;
        }
        int lid = PortInfo.LID.get(m, DATA);
        if (lid != 0) {
            port.port.setLids(lid, PortInfo.LMC.get(m, DATA), PortInfo.MASTER_SM_LID.get(m, DATA));
        }
        setState(m, port);
        return 0;
    }

    private static boolean isValid(MemorySegment m, HcaPort port) {
        int lid = PortInfo.LID.get(m, DATA);
        int smLid = PortInfo.MASTER_SM_LID.get(m, DATA);
        int width = PortInfo.WIDTH_ENABLED.get(m, DATA);
        int speed = PortInfo.SPEED_ENABLED.get(m, DATA);
        int physical = PortInfo.PHYS_STATE.get(m, DATA);
        return lid < Lrh.LID_MULTICAST_FIRST && smLid < Lrh.LID_MULTICAST_FIRST
                && (width == ALL_WIDTHS || (width & ~WIDTHS) == 0)
                && (speed == ALL_SPEEDS || (speed & ~SPEEDS) == 0)
                && physical <= PortInfo.PHYS_DISABLED && physical != PortInfo.PHYS_SLEEP
                && PortInfo.DOWN_DEFAULT_STATE.get(m, DATA) <= PortInfo.PHYS_POLLING
                && PortInfo.NEIGHBOR_MTU.get(m, DATA) <= PortSettings.MTU_4096
                && PortInfo.OPERATIONAL_VLS.get(m, DATA) <= PortSettings.VL_CAP_CODE
                && isLegalStep(port.port.state(), PortInfo.PORT_STATE.get(m, DATA));
    }

    private static boolean isLegalStep(PortState now, int wanted) {
        if (wanted > PortState.ACTIVE.ordinal()) {
            return false;
        }
        return switch (PortState.values()[wanted]) {
            case NO_CHANGE, DOWN -> true;
            case INIT -> false; // only a link comes there
            case ARMED -> now == PortState.INIT || now == PortState.ARMED;
            case ACTIVE -> now == PortState.ARMED || now == PortState.ACTIVE;
        };
    }

    private static void setKeysAndLimits(MemorySegment m, PortSettings s) {
        s.mKey = PortInfo.M_KEY.get(m, DATA);
        s.gidPrefix = PortInfo.GID_PREFIX.get(m, DATA) == 0
                ? PortInfo.DEFAULT_GID_PREFIX
                : PortInfo.GID_PREFIX.get(m, DATA);
        s.mKeyLeaseS = PortInfo.M_KEY_LEASE_S.get(m, DATA);
        s.mKeyProtect = PortInfo.M_KEY_PROTECT.get(m, DATA);
        s.masterSmSl = PortInfo.MASTER_SM_SL.get(m, DATA);
        int width = PortInfo.WIDTH_ENABLED.get(m, DATA);
        s.widthEnabled = width == 0 ? s.widthEnabled : width & WIDTHS;
        int speed = PortInfo.SPEED_ENABLED.get(m, DATA);
        s.speedEnabled = speed == 0 ? s.speedEnabled : speed & SPEEDS;
        s.downDefaultState = unlessZero(PortInfo.DOWN_DEFAULT_STATE.get(m, DATA), s.downDefaultState);
        s.neighborMtu = unlessZero(PortInfo.NEIGHBOR_MTU.get(m, DATA), s.neighborMtu);
        s.operationalVls = unlessZero(PortInfo.OPERATIONAL_VLS.get(m, DATA), s.operationalVls);
        s.vlHighLimit = PortInfo.VL_HIGH_LIMIT.get(m, DATA);
        s.vlStallCount = PortInfo.VL_STALL_COUNT.get(m, DATA);
        s.hoqLife = PortInfo.HOQ_LIFE.get(m, DATA);
        s.subnetTimeout = PortInfo.SUBNET_TIMEOUT.get(m, DATA);
        s.localPhyErrors = PortInfo.LOCAL_PHY_ERRORS.get(m, DATA);
        s.overrunErrors = PortInfo.OVERRUN_ERRORS.get(m, DATA);
    }

    private static int unlessZero(int wanted, int now) {
        return wanted == 0 ? now : wanted;
    }

    private static void setState(MemorySegment m, HcaPort port) {
        int physical = PortInfo.PHYS_STATE.get(m, DATA);
        PortState to = PortState.values()[PortInfo.PORT_STATE.get(m, DATA)];
        if (physical == PortInfo.PHYS_DISABLED) {
            port.port.setEnabled(false);
        } else if (physical == PortInfo.PHYS_POLLING || to == PortState.DOWN) {
            port.port.setEnabled(false); // the link falls and trains anew
            port.port.setEnabled(true);
        } else if (to == PortState.ARMED && port.port.state() == PortState.INIT || to == PortState.ACTIVE) {
            port.port.setState(to);
        }
    }
}
