package org.legoos.mlx4.fabric;

import java.lang.foreign.MemorySegment;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.PortInfo;

/** The part of PortInfo (IBA 14.2.5.6) that the fabric's own ports, of switches and for management, have alike: a 4X QDR link. */
final class LinkInfo {
    private static final int DATA = Mad.DATA;
    private static final int WIDTHS = 3; // 1x, 4x
    private static final int WIDTH_4X = 2;
    private static final int SPEEDS = 7; // SDR, DDR, QDR
    private static final int SPEED_QDR = 4;
    private static final int VL_CAP = 1; // one data lane
    private static final int SUBNET_TIMEOUT = 18;
    private static final int RESP_TIME = 16;

    private LinkInfo() {}

    /** Clears the attribute of a MAD and fills that part of it; the state is the port's, or what a port without a cable says. */
    static void put(MemorySegment m, Port port, PortState state) {
        m.asSlice(DATA, Mad.SMP_DATA_BYTES).fill((byte) 0);
        PortInfo.GID_PREFIX.set(m, DATA, PortInfo.DEFAULT_GID_PREFIX);
        PortInfo.WIDTH_ENABLED.set(m, DATA, WIDTHS);
        PortInfo.WIDTH_SUPPORTED.set(m, DATA, WIDTHS);
        PortInfo.WIDTH_ACTIVE.set(m, DATA, WIDTH_4X);
        PortInfo.SPEED_SUPPORTED.set(m, DATA, SPEEDS);
        PortInfo.SPEED_ENABLED.set(m, DATA, SPEEDS);
        PortInfo.SPEED_ACTIVE.set(m, DATA, SPEED_QDR);
        PortInfo.PORT_STATE.set(m, DATA, state.ordinal());
        PortInfo.PHYS_STATE.set(m, DATA, state == PortState.DOWN ? PortInfo.PHYS_POLLING : PortInfo.PHYS_LINK_UP);
        PortInfo.DOWN_DEFAULT_STATE.set(m, DATA, PortInfo.PHYS_POLLING);
        PortInfo.NEIGHBOR_MTU.set(m, DATA, port.mtuCode());
        PortInfo.MTU_CAP.set(m, DATA, port.mtuCode());
        PortInfo.VL_CAP.set(m, DATA, VL_CAP);
        PortInfo.OPERATIONAL_VLS.set(m, DATA, VL_CAP);
        PortInfo.SUBNET_TIMEOUT.set(m, DATA, SUBNET_TIMEOUT);
        PortInfo.RESP_TIME.set(m, DATA, RESP_TIME);
    }
}
