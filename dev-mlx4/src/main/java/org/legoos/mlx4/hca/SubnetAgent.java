package org.legoos.mlx4.hca;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.legoos.mlx4.prm.Field;
import org.legoos.mlx4.prm.LongField;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.NodeInfo;
import org.legoos.mlx4.prm.PortInfo;

/** The card's subnet management agent (IBA 14.2.5): answers Get and Set of the attributes of node and ports. */
final class SubnetAgent {
    private static final int VERSION = 1;
    private static final int DATA = Mad.DATA;
    private static final int REVISION = 1;
    private static final int BLOCK_MASK = 0xffff;
    private static final int PROTECTS_GET = 2; // from this level on a Get needs the M_Key, too
    private static final long SECOND_NS = 1_000_000_000L;
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

    /**
     * May the request be answered? One with the wrong M_Key is ignored and counted, and starts the lease, after which
     * the protection ends (IBA 14.2.4).
     */
    boolean isAllowed(MemorySegment request, HcaPort port) {
        PortSettings s = port.settings;
        if (s.leaseEndsNs != 0 && core.timers.clock().nowNs() >= s.leaseEndsNs) {
            s.mKeyProtect = 0;
            s.mKey = 0;
            s.leaseEndsNs = 0;
        }
        if (s.mKey == 0 || Mad.M_KEY.get(request, 0) == s.mKey) {
            s.leaseEndsNs = 0;
            return true;
        }
        if (Mad.METHOD.get(request, 0) == Mad.METHOD_GET && s.mKeyProtect < PROTECTS_GET) {
            return true;
        }
        port.traps.mKeyViolation(request);
        s.mKeyViolations = Math.min(s.mKeyViolations + 1, PortInfo.MKEY_VIOLATIONS.maxValue());
        if (s.mKeyLeaseS != 0 && s.leaseEndsNs == 0) {
            s.leaseEndsNs = core.timers.clock().nowNs() + s.mKeyLeaseS * SECOND_NS;
        }
        return false;
    }

    /** Executes a Get or Set; {@code m} is the request and becomes the response. Returns the status. */
    int execute(MemorySegment m, HcaPort port) {
        if (Mad.CLASS_VERSION.get(m, 0) != VERSION) {
            return Mad.STATUS_BAD_VERSION;
        }
        boolean isSet = Mad.METHOD.get(m, 0) == Mad.METHOD_SET;
        int modifier = Mad.ATTRIBUTE_MODIFIER.get(m, 0);
        int attribute = Mad.ATTRIBUTE_ID.get(m, 0);
        return switch (attribute) {
            case Mad.ATTR_NODE_DESC -> isSet ? Mad.STATUS_BAD_METHOD_ATTR : nodeDescription(m);
            case Mad.ATTR_NODE_INFO -> isSet ? Mad.STATUS_BAD_METHOD_ATTR : nodeInfo(port, m);
            case Mad.ATTR_PORT_INFO -> portInfo(isSet, modifier, port, m);
            case Mad.ATTR_GUID_INFO -> guidInfo(isSet, modifier, port, m);
            case Mad.ATTR_PKEY_TABLE -> pKeyTable(isSet, modifier, port, m);
            case Mad.ATTR_SL_TO_VL -> slToVl(isSet, port, m);
            case Mad.ATTR_VL_ARBITRATION -> vlArbitration(isSet, modifier, port, m);
            case Mad.ATTR_EXT_PORT_INFO -> extendedPortInfo(isSet, m);
            default -> Mad.STATUS_BAD_METHOD_ATTR;
        };
    }

    private int nodeDescription(MemorySegment m) {
        MemorySegment.copy(nodeDescription, 0, m, ValueLayout.JAVA_BYTE, DATA, nodeDescription.length);
        return 0;
    }

    private int nodeInfo(HcaPort port, MemorySegment m) {
        m.asSlice(DATA, Mad.SMP_DATA_BYTES).fill((byte) 0);
        NodeInfo.BASE_VERSION.set(m, DATA, VERSION);
        NodeInfo.CLASS_VERSION.set(m, DATA, VERSION);
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

    private int portInfo(boolean isSet, int modifier, HcaPort arrival, MemorySegment m) {
        HcaPort port = modifier == 0 ? arrival : core.port(modifier);
        if (port == null) {
            return Mad.STATUS_BAD_FIELD;
        }
        boolean isReregister = isSet && PortInfo.CLIENT_REREGISTER.isSet(m, DATA);
        int status = isSet ? PortInfoAttribute.set(m, port) : 0;
        PortSettings s = port.settings;
        boolean showsMKey = isSet || s.mKeyProtect == 0 || Mad.M_KEY.get(m, 0) == s.mKey;
        PortInfoAttribute.get(port, arrival.number, showsMKey, m);
        PortInfo.CLIENT_REREGISTER.set(m, DATA, isReregister ? 1 : 0);
        return status;
    }

    private static int guidInfo(boolean isSet, int block, HcaPort port, MemorySegment m) {
        if (block < 0 || block >= port.guids.length / Mad.GUIDS_PER_BLOCK) {
            return Mad.STATUS_BAD_FIELD;
        }
        for (int i = 0; i < Mad.GUIDS_PER_BLOCK; i++) {
            int index = block * Mad.GUIDS_PER_BLOCK + i;
            long at = DATA + (long) i * Long.BYTES;
            long wanted = GUID.get(m, at);
            if (isSet && index > 0 && port.guids[index] != wanted) { // GUID 0 is the port's own
                port.guids[index] = wanted;
                port.changedGuidBlocks |= 1L << block;
            }
            GUID.set(m, at, port.guids[index]);
        }
        return 0;
    }

    private static int pKeyTable(boolean isSet, int modifier, HcaPort port, MemorySegment m) {
        int block = modifier & BLOCK_MASK;
        if (block >= port.pKeys.length / Mad.PKEYS_PER_BLOCK) {
            return Mad.STATUS_BAD_FIELD;
        }
        for (int i = 0; i < Mad.PKEYS_PER_BLOCK; i++) {
            Field half = (i & 1) == 0 ? PKEY_AT_0 : PKEY_AT_2;
            long at = DATA + (long) (i >> 1) * Integer.BYTES;
            int index = block * Mad.PKEYS_PER_BLOCK + i;
            int wanted = half.get(m, at);
            if (isSet && port.pKeys[index] != wanted) {
                port.pKeys[index] = wanted;
                port.changedPKeyBlocks |= 1L << block;
            }
            half.set(m, at, port.pKeys[index]);
        }
        return 0;
    }

    private static int slToVl(boolean isSet, HcaPort port, MemorySegment m) {
        byte[] table = port.settings.slToVl;
        if (isSet) {
            MemorySegment.copy(m, ValueLayout.JAVA_BYTE, DATA, table, 0, table.length);
            port.hasNewSlToVl = true;
        }
        m.asSlice(DATA, Mad.SMP_DATA_BYTES).fill((byte) 0);
        MemorySegment.copy(table, 0, m, ValueLayout.JAVA_BYTE, DATA, table.length);
        return 0;
    }

    /** Modifier: which of the four halves in its upper, the port in its lower 16 bits. */
    private int vlArbitration(boolean isSet, int modifier, HcaPort arrival, MemorySegment m) {
        int half = (modifier >>> 16) - 1;
        HcaPort port = (modifier & BLOCK_MASK) == 0 ? arrival : core.port(modifier & BLOCK_MASK);
        if (half < 0 || half >= PortSettings.ARBITRATION_BLOCKS || port == null) {
            return Mad.STATUS_BAD_FIELD;
        }
        byte[] table = port.settings.vlArbitration;
        int at = half * Mad.SMP_DATA_BYTES;
        if (isSet) {
            MemorySegment.copy(m, ValueLayout.JAVA_BYTE, DATA, table, at, Mad.SMP_DATA_BYTES);
        }
        MemorySegment.copy(table, at, m, ValueLayout.JAVA_BYTE, DATA, Mad.SMP_DATA_BYTES);
        return 0;
    }

    /** The vendor's own: nothing but that FDR10 is not active. */
    private static int extendedPortInfo(boolean isSet, MemorySegment m) {
        if (!isSet) {
            m.asSlice(DATA, Mad.SMP_DATA_BYTES).fill((byte) 0);
        }
        return 0;
    }
}
