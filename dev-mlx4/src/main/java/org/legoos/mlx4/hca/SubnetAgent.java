package org.legoos.mlx4.hca;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.legoos.mlx4.fabric.PortState;
import org.legoos.mlx4.prm.Field;
import org.legoos.mlx4.prm.LongField;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.NodeInfo;
import org.legoos.mlx4.prm.PortInfo;

/** The card's subnet management agent (IBA 14.2.5): answers Get and Set of the attributes of node and ports. */
final class SubnetAgent {
    private static final int MAD_VERSION = 1;
    private static final int DATA = Mad.DATA;
    private static final int REVISION = 1;
    private static final int WIDTH_1X_4X = 3;
    private static final int WIDTH_4X = 2;
    private static final int SPEEDS = 7;
    private static final int SPEED_QDR = 4;
    private static final int VL_CAP_8 = 4;
    private static final int MTU_4096 = 5;
    private static final int BLOCK_MASK = 0xffff;
    private static final Field PKEY_AT_0 = Field.bits(0, 31, 16);
    private static final Field PKEY_AT_2 = Field.bits(0, 15, 0);
    private static final LongField GUID = LongField.word64(0);

    private final HcaCore core;
    private final byte[] nodeDescription = new byte[Mad.SMP_DATA_BYTES];

    SubnetAgent(HcaCore core) {
        this.core = core;
        reset();
    }

    void reset() {
        byte[] text = ("MT4099 ConnectX-3 " + core.config.name()).getBytes(StandardCharsets.UTF_8);
        Arrays.fill(nodeDescription, (byte) 0);
        System.arraycopy(text, 0, nodeDescription, 0, Math.min(text.length, nodeDescription.length - 1));
    }

    void setNodeDescription(MemorySegment from) {
        MemorySegment.copy(from, ValueLayout.JAVA_BYTE, 0, nodeDescription, 0, nodeDescription.length);
    }

    /** Makes the response; false when the request is to be discarded silently. */
    boolean process(MemorySegment request, HcaPort port, MemorySegment response) {
        int mgmtClass = Mad.MGMT_CLASS.get(request, 0);
        int method = Mad.METHOD.get(request, 0);
        boolean isSmp = mgmtClass == Mad.CLASS_SUBN_LID || mgmtClass == Mad.CLASS_SUBN_DIRECTED;
        if (Mad.BASE_VERSION.get(request, 0) != MAD_VERSION || !isSmp && mgmtClass != Mad.CLASS_PERF
                || method == Mad.METHOD_TRAP_REPRESS || (method & 0x80) != 0) {
            return false;
        }
        MemorySegment.copy(request, 0, response, 0, Mad.SIZE_BYTES);
        Mad.METHOD.set(response, 0, Mad.METHOD_GET_RESP);
        int status;
        if (method != Mad.METHOD_GET && method != Mad.METHOD_SET) {
            status = Mad.STATUS_BAD_METHOD;
        } else {
            status = isSmp ? attribute(method, request, port, response) : Mad.STATUS_BAD_METHOD_ATTR;
        }
        Mad.STATUS.set(response, 0, status);
        return true;
    }

    private int attribute(int method, MemorySegment request, HcaPort port, MemorySegment response) {
        boolean isSet = method == Mad.METHOD_SET;
        int modifier = Mad.ATTRIBUTE_MODIFIER.get(request, 0);
        int attribute = Mad.ATTRIBUTE_ID.get(request, 0);
        return switch (attribute) {
            case Mad.ATTR_NODE_DESC -> isSet ? Mad.STATUS_BAD_METHOD_ATTR : nodeDescription(response);
            case Mad.ATTR_NODE_INFO -> isSet ? Mad.STATUS_BAD_METHOD_ATTR : nodeInfo(port, response);
            case Mad.ATTR_PORT_INFO -> portInfo(isSet, modifier, request, port, response);
            case Mad.ATTR_GUID_INFO -> guidInfo(isSet, modifier, request, port, response);
            case Mad.ATTR_PKEY_TABLE -> pKeyTable(isSet, modifier, request, port, response);
            case Mad.ATTR_SL_TO_VL, Mad.ATTR_VL_ARBITRATION, Mad.ATTR_EXT_PORT_INFO -> {
                if (!isSet) {
                    response.asSlice(DATA, Mad.SMP_DATA_BYTES).fill((byte) 0);
                }
                yield 0;
            }
            default -> Mad.STATUS_BAD_METHOD_ATTR;
        };
    }

    private int nodeDescription(MemorySegment response) {
        MemorySegment.copy(nodeDescription, 0, response, ValueLayout.JAVA_BYTE, DATA, nodeDescription.length);
        return 0;
    }

    private int nodeInfo(HcaPort port, MemorySegment m) {
        m.asSlice(DATA, Mad.SMP_DATA_BYTES).fill((byte) 0);
        NodeInfo.BASE_VERSION.set(m, DATA, MAD_VERSION);
        NodeInfo.CLASS_VERSION.set(m, DATA, MAD_VERSION);
        NodeInfo.NODE_TYPE.set(m, DATA, NodeInfo.TYPE_CA);
        NodeInfo.NUM_PORTS.set(m, DATA, core.config.portCount());
        NodeInfo.SYSTEM_IMAGE_GUID.set(m, DATA, core.config.systemImageGuid());
        NodeInfo.NODE_GUID.set(m, DATA, core.config.nodeGuid());
        NodeInfo.PORT_GUID.set(m, DATA, core.config.portGuid(port.number));
        NodeInfo.PARTITION_CAP.set(m, DATA, port.pKeys.length);
        NodeInfo.DEVICE_ID.set(m, DATA, Hca.DEVICE_ID);
        NodeInfo.REVISION.set(m, DATA, REVISION);
        NodeInfo.LOCAL_PORT.set(m, DATA, port.number);
        NodeInfo.VENDOR_ID.set(m, DATA, Hca.OUI);
        return 0;
    }

    private int portInfo(boolean isSet, int modifier, MemorySegment request, HcaPort arrival, MemorySegment m) {
        HcaPort port = modifier == 0 ? arrival : core.port(modifier);
        if (port == null) {
            return Mad.STATUS_BAD_FIELD;
        }
        int status = isSet ? setPortInfo(request, port) : 0;
        m.asSlice(DATA, Mad.SMP_DATA_BYTES).fill((byte) 0);
        boolean isUp = port.isLinkUp();
        PortInfo.GID_PREFIX.set(m, DATA, port.gidHigh());
        PortInfo.LID.set(m, DATA, port.port.lid());
        PortInfo.MASTER_SM_LID.set(m, DATA, port.port.smLid());
        PortInfo.CAPABILITY_MASK.set(m, DATA, port.capabilityMask);
        PortInfo.LOCAL_PORT.set(m, DATA, arrival.number);
        PortInfo.WIDTH_ENABLED.set(m, DATA, WIDTH_1X_4X);
        PortInfo.WIDTH_SUPPORTED.set(m, DATA, WIDTH_1X_4X);
        PortInfo.WIDTH_ACTIVE.set(m, DATA, WIDTH_4X);
        PortInfo.SPEED_SUPPORTED.set(m, DATA, SPEEDS);
        PortInfo.PORT_STATE.set(m, DATA, port.port.state().ordinal());
        PortInfo.PHYS_STATE.set(m, DATA, physicalState(port, isUp));
        PortInfo.DOWN_DEFAULT_STATE.set(m, DATA, PortInfo.PHYS_POLLING);
        PortInfo.LMC.set(m, DATA, port.port.lmc());
        PortInfo.SPEED_ACTIVE.set(m, DATA, SPEED_QDR);
        PortInfo.SPEED_ENABLED.set(m, DATA, SPEEDS);
        PortInfo.NEIGHBOR_MTU.set(m, DATA, MTU_4096);
        PortInfo.VL_CAP.set(m, DATA, VL_CAP_8);
        PortInfo.VL_ARB_HIGH_CAP.set(m, DATA, 8);
        PortInfo.VL_ARB_LOW_CAP.set(m, DATA, 8);
        PortInfo.MTU_CAP.set(m, DATA, MTU_4096);
        PortInfo.OPERATIONAL_VLS.set(m, DATA, 1);
        PortInfo.PKEY_VIOLATIONS.set(m, DATA, port.pKeyViolations);
        PortInfo.QKEY_VIOLATIONS.set(m, DATA, port.qKeyViolations);
        PortInfo.GUID_CAP.set(m, DATA, port.guids.length);
        PortInfo.SUBNET_TIMEOUT.set(m, DATA, 18);
        PortInfo.RESP_TIME.set(m, DATA, 16);
        PortInfo.LOCAL_PHY_ERRORS.set(m, DATA, 8);
        PortInfo.OVERRUN_ERRORS.set(m, DATA, 8);
        return status;
    }

    private static int physicalState(HcaPort port, boolean isUp) {
        if (isUp) {
            return PortInfo.PHYS_LINK_UP;
        }
        return port.port.isEnabled() ? PortInfo.PHYS_POLLING : PortInfo.PHYS_DISABLED;
    }

    /** What a subnet manager sets: LIDs, and the way up to ACTIVE. */
    private static int setPortInfo(MemorySegment request, HcaPort port) {
        int lid = PortInfo.LID.get(request, DATA);
        int wanted = PortInfo.PORT_STATE.get(request, DATA);
        if (lid >= 0xc000 || wanted > PortState.ACTIVE.ordinal()) {
            return Mad.STATUS_BAD_FIELD;
        }
        if (lid != 0) {
            port.port.setLids(lid, PortInfo.LMC.get(request, DATA), PortInfo.MASTER_SM_LID.get(request, DATA));
        }
        PortState now = port.port.state();
        PortState to = PortState.values()[wanted];
        boolean isStepUp = to == PortState.ARMED && now == PortState.INIT
                || to == PortState.ACTIVE && now == PortState.ARMED;
        if (isStepUp) {
            port.port.setState(to);
            return 0;
        }
        return to == PortState.NO_CHANGE || to == now ? 0 : Mad.STATUS_BAD_FIELD;
    }

    private static int guidInfo(boolean isSet, int block, MemorySegment request, HcaPort port, MemorySegment m) {
        if (block < 0 || block >= port.guids.length / Mad.GUIDS_PER_BLOCK) {
            return Mad.STATUS_BAD_FIELD;
        }
        for (int i = 0; i < Mad.GUIDS_PER_BLOCK; i++) {
            int index = block * Mad.GUIDS_PER_BLOCK + i;
            long at = DATA + (long) i * Long.BYTES;
            if (isSet && index > 0) { // GUID 0 is the port's own
                port.guids[index] = GUID.get(request, at);
            }
            GUID.set(m, at, port.guids[index]);
        }
        return 0;
    }

    private static int pKeyTable(boolean isSet, int modifier, MemorySegment request, HcaPort port, MemorySegment m) {
        int block = modifier & BLOCK_MASK;
        if (block >= port.pKeys.length / Mad.PKEYS_PER_BLOCK) {
            return Mad.STATUS_BAD_FIELD;
        }
        for (int i = 0; i < Mad.PKEYS_PER_BLOCK; i++) {
            Field half = (i & 1) == 0 ? PKEY_AT_0 : PKEY_AT_2;
            long at = DATA + (long) (i >> 1) * Integer.BYTES;
            int index = block * Mad.PKEYS_PER_BLOCK + i;
            if (isSet) {
                port.pKeys[index] = half.get(request, at);
            }
            half.set(m, at, port.pKeys[index]);
        }
        return 0;
    }
}
