package org.legoos.mlx4.fabric;

import java.lang.foreign.MemorySegment;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.PortInfo;
import org.legoos.mlx4.wire.Lrh;

/** PortInfo of a switch's ports (IBA 14.2.5.6). Port 0, the management port, has the LID and is always up. */
final class SwitchPortInfo {
    private static final int DATA = Mad.DATA;
    private static final int CAPABILITIES = PortInfo.CAP_TRAP | PortInfo.CAP_SYSTEM_IMAGE_GUID;

    private final Switch at;
    private SubnetHost host; // the subnet manager, if it is at this switch

    SwitchPortInfo(Switch at) {
        this.at = at;
    }

    void setSubnetHost(SubnetHost newHost) {
        host = newHost;
    }

    /** A Get or Set of port {@code number}; returns the status. */
    int execute(boolean isSet, MemorySegment m, int number, int arrivalPort) {
        if (number < 0 || number > at.portCount()) {
            return Mad.STATUS_BAD_FIELD;
        }
        Port port = at.port(number);
        int status = isSet ? set(m, port, number) : 0;
        get(m, port, number, arrivalPort);
        return status;
    }

    private void get(MemorySegment m, Port port, int number, int arrivalPort) {
        boolean isManagement = number == 0;
        LinkInfo.put(m, port, isManagement ? PortState.ACTIVE : port.state());
        PortInfo.LID.set(m, DATA, at.port(0).lid());
        PortInfo.MASTER_SM_LID.set(m, DATA, at.port(0).smLid());
        boolean hasManager = host != null && host.election().isPresent();
        PortInfo.CAPABILITY_MASK.set(m, DATA, isManagement ? CAPABILITIES | (hasManager ? PortInfo.CAP_IS_SM : 0) : 0);
        PortInfo.LOCAL_PORT.set(m, DATA, arrivalPort);
        PortInfo.GUID_CAP.set(m, DATA, isManagement ? 1 : 0);
    }

    private static int set(MemorySegment m, Port port, int number) {
        int lid = PortInfo.LID.get(m, DATA);
        int wanted = PortInfo.PORT_STATE.get(m, DATA);
        if (wanted > PortState.ACTIVE.ordinal() || lid >= Lrh.LID_MULTICAST_FIRST) {
            return Mad.STATUS_BAD_FIELD;
        }
        if (number == 0) {
            if (lid != 0) {
                port.setLids(lid, 0, PortInfo.MASTER_SM_LID.get(m, DATA));
            }
            return 0;
        }
        PortState to = PortState.values()[wanted];
        PortState now = port.state();
        boolean isStep = to == PortState.ARMED && now == PortState.INIT || to == PortState.ACTIVE && now == PortState.ARMED;
        if (isStep) {
            port.setState(to);
            return 0;
        }
        return to == PortState.NO_CHANGE || to == now ? 0 : Mad.STATUS_BAD_FIELD;
    }
}
