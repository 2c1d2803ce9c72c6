package org.legoos.mlx4.fabric;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.NodeInfo;
import org.legoos.mlx4.prm.PortInfo;
import org.legoos.mlx4.wire.PKey;

/** The subnet management agent of a {@link ManagementPort}: a channel adapter with one port and few wishes. */
final class ManagementPortAgent {
    private static final int VERSION = 1;
    private static final int DATA = Mad.DATA;
    private static final int DEVICE_ID = 0x1003;
    private static final int OUI = 0x0002c9;
    private static final ValueLayout.OfLong BIG_LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final long PKEY_DEFAULT_FIRST = (long) PKey.DEFAULT << 48;

    private final String name;
    private final long nodeGuid;
    private final Port port;
    private final PerformanceAgent performance;
    private volatile boolean isSm;

    ManagementPortAgent(String name, long nodeGuid, Port port) {
        this.name = name;
        this.nodeGuid = nodeGuid;
        this.port = port;
        performance = new PerformanceAgent(List.of(port), 1);
    }

    void setSubnetManager(boolean is) {
        isSm = is;
    }

    boolean isPerformance(MemorySegment m) {
        return Mad.MGMT_CLASS.get(m, 0) == Mad.CLASS_PERF;
    }

    /** Turns a request about this port into its response; false when somebody else has to take the datagram. */
    boolean process(MemorySegment m) {
        int mgmtClass = Mad.MGMT_CLASS.get(m, 0);
        int method = Mad.METHOD.get(m, 0);
        boolean isSmp = mgmtClass == Mad.CLASS_SUBN_LID || mgmtClass == Mad.CLASS_SUBN_DIRECTED;
        boolean isSet = method == Mad.METHOD_SET;
        if (Mad.BASE_VERSION.get(m, 0) != VERSION || !isSmp && !isPerformance(m) || !isSet && method != Mad.METHOD_GET) {
            return false;
        }
        if (!isSmp) {
            int result = performance.execute(m, 1);
            Mad.METHOD.set(m, 0, Mad.METHOD_GET_RESP);
            Mad.STATUS.set(m, 0, result);
            return true;
        }
        int status;
        switch (Mad.ATTRIBUTE_ID.get(m, 0)) {
            case Mad.ATTR_NODE_DESC -> status = nodeDescription(m);
            case Mad.ATTR_NODE_INFO -> status = nodeInfo(m);
            case Mad.ATTR_PORT_INFO -> status = portInfo(isSet, m);
            case Mad.ATTR_GUID_INFO -> status = table(m, port.guid());
            case Mad.ATTR_PKEY_TABLE -> status = table(m, PKEY_DEFAULT_FIRST);
            case Mad.ATTR_SL_TO_VL, Mad.ATTR_VL_ARBITRATION, Mad.ATTR_EXT_PORT_INFO -> status = table(m, 0);
            case Mad.ATTR_SM_INFO -> {
                return false; // the subnet manager's own business, if there is one
            }
            default -> status = Mad.STATUS_BAD_METHOD_ATTR;
        }
        Mad.METHOD.set(m, 0, Mad.METHOD_GET_RESP);
        Mad.STATUS.set(m, 0, status);
        return true;
    }

    private static void clear(MemorySegment m) {
        m.asSlice(DATA, Mad.SMP_DATA_BYTES).fill((byte) 0);
    }

    private static int table(MemorySegment m, long first) {
        clear(m);
        m.set(BIG_LONG, DATA, first);
        return 0;
    }

    private int nodeDescription(MemorySegment m) {
        clear(m);
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        MemorySegment.copy(text, 0, m, ValueLayout.JAVA_BYTE, DATA, Math.min(text.length, Mad.SMP_DATA_BYTES - 1));
        return 0;
    }

    private int nodeInfo(MemorySegment m) {
        clear(m);
        NodeInfo.BASE_VERSION.set(m, DATA, VERSION);
        NodeInfo.CLASS_VERSION.set(m, DATA, VERSION);
        NodeInfo.NODE_TYPE.set(m, DATA, NodeInfo.TYPE_CA);
        NodeInfo.NUM_PORTS.set(m, DATA, 1);
        NodeInfo.SYSTEM_IMAGE_GUID.set(m, DATA, nodeGuid);
        NodeInfo.NODE_GUID.set(m, DATA, nodeGuid);
        NodeInfo.PORT_GUID.set(m, DATA, port.guid());
        NodeInfo.PARTITION_CAP.set(m, DATA, 1);
        NodeInfo.DEVICE_ID.set(m, DATA, DEVICE_ID);
        NodeInfo.LOCAL_PORT.set(m, DATA, 1);
        NodeInfo.VENDOR_ID.set(m, DATA, OUI);
        return 0;
    }

    private int portInfo(boolean isSet, MemorySegment m) {
        if (Mad.ATTRIBUTE_MODIFIER.get(m, 0) > 1) {
            return Mad.STATUS_BAD_FIELD;
        }
        int status = isSet ? setPortInfo(m) : 0;
        LinkInfo.put(m, port, port.state());
        PortInfo.LID.set(m, DATA, port.lid());
        PortInfo.MASTER_SM_LID.set(m, DATA, port.smLid());
        PortInfo.CAPABILITY_MASK.set(m, DATA, isSm ? PortInfo.CAP_IS_SM : 0);
        PortInfo.LOCAL_PORT.set(m, DATA, 1);
        PortInfo.GUID_CAP.set(m, DATA, 1);
        return status;
    }

    private int setPortInfo(MemorySegment m) {
        int wanted = PortInfo.PORT_STATE.get(m, DATA);
        if (wanted > PortState.ACTIVE.ordinal()) {
            return Mad.STATUS_BAD_FIELD;
        }
        if (PortInfo.LID.get(m, DATA) != 0) {
            port.setLids(PortInfo.LID.get(m, DATA), 0, PortInfo.MASTER_SM_LID.get(m, DATA));
        }
        PortState to = PortState.values()[wanted];
        PortState now = port.state();
        if (to == PortState.ARMED && now == PortState.INIT || to == PortState.ACTIVE && now == PortState.ARMED) {
            port.setState(to);
        }
        return 0;
    }
}
