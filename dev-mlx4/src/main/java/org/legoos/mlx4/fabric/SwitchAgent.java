package org.legoos.mlx4.fabric;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.NodeInfo;
import org.legoos.mlx4.prm.SwitchInfo;
import org.legoos.mlx4.prm.mad.SaMad;
import org.legoos.mlx4.wire.PKey;

/** The subnet management agent of a switch (IBA 14.2.5), and as much of a performance agent as there are counters. */
final class SwitchAgent {
    static final int MULTICAST_CAP = 1024;

    private static final int VERSION = 1;
    private static final int DATA = Mad.DATA;
    private static final int DEVICE_ID = 0xc738; // SwitchX
    private static final int OUI = 0x0002c9;
    private static final int LINEAR_CAP = 0xc000;
    private static final int LIFE_TIME = 18;
    private static final int PORT_GROUP = 16;
    private static final ValueLayout.OfShort BIG_SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(java.nio.ByteOrder.BIG_ENDIAN);

    private final Switch at;
    private final SwitchPortInfo ports;
    private int linearTop;
    private int lifeTime = LIFE_TIME;
    private boolean isStateChanged;
    private SubnetHost host; // the subnet manager, if it is at this switch

    SwitchAgent(Switch at) {
        this.at = at;
        ports = new SwitchPortInfo(at);
    }

    void noteStateChange() {
        isStateChanged = true;
    }

    void setSubnetHost(SubnetHost newHost) {
        host = newHost;
        ports.setSubnetHost(newHost);
    }

    /** Turns a request into its response; false when it is to be discarded silently. */
    boolean process(MemorySegment m, int arrivalPort) {
        int mgmtClass = Mad.MGMT_CLASS.get(m, 0);
        int method = Mad.METHOD.get(m, 0);
        boolean isSmp = mgmtClass == Mad.CLASS_SUBN_LID || mgmtClass == Mad.CLASS_SUBN_DIRECTED;
        if (Mad.BASE_VERSION.get(m, 0) != VERSION || (method & Mad.METHOD_RESPONSE_BIT) != 0 || method == Mad.METHOD_TRAP_REPRESS
                || method == Mad.METHOD_TRAP || mgmtClass == SaMad.CLASS_SUBN_ADM && host != null) {
            return false;
        }
        int status = Mad.STATUS_BAD_METHOD;
        if (method == Mad.METHOD_GET || method == Mad.METHOD_SET) {
            boolean isSet = method == Mad.METHOD_SET;
            status = isSmp && Mad.CLASS_VERSION.get(m, 0) != VERSION ? Mad.STATUS_BAD_VERSION
                    : isSmp ? subnet(isSet, m, arrivalPort)
                    : mgmtClass == Mad.CLASS_PERF ? at.performance().execute(m, 0) : Mad.STATUS_BAD_METHOD_ATTR;
        }
        Mad.METHOD.set(m, 0, Mad.METHOD_GET_RESP);
        Mad.STATUS.set(m, 0, status);
        return true;
    }

    private int subnet(boolean isSet, MemorySegment m, int arrivalPort) {
        int modifier = Mad.ATTRIBUTE_MODIFIER.get(m, 0);
        return switch (Mad.ATTRIBUTE_ID.get(m, 0)) {
            case Mad.ATTR_NODE_DESC -> isSet ? Mad.STATUS_BAD_METHOD_ATTR : description(m);
            case Mad.ATTR_NODE_INFO -> isSet ? Mad.STATUS_BAD_METHOD_ATTR : nodeInfo(m, arrivalPort);
            case Mad.ATTR_SWITCH_INFO -> switchInfo(isSet, m);
            case Mad.ATTR_PORT_INFO -> ports.execute(isSet, m, modifier, arrivalPort);
            case Mad.ATTR_SM_INFO -> smInfo(isSet, m, modifier);
            case Mad.ATTR_LINEAR_FORWARDING -> linear(isSet, m, modifier);
            case Mad.ATTR_MULTICAST_FORWARDING -> multicast(isSet, m, modifier);
            case Mad.ATTR_GUID_INFO -> fixed(isSet, m, at.guid());
            case Mad.ATTR_PKEY_TABLE -> fixed(isSet, m, (long) PKey.DEFAULT << 48);
            case Mad.ATTR_SL_TO_VL, Mad.ATTR_VL_ARBITRATION, Mad.ATTR_EXT_PORT_INFO -> fixed(isSet, m, 0); // one data lane
            default -> Mad.STATUS_BAD_METHOD_ATTR;
        };
    }

    private static void clear(MemorySegment m) {
        m.asSlice(DATA, Mad.SMP_DATA_BYTES).fill((byte) 0);
    }

    /** A table that does not change: a Set is taken, and the answer tells what is. */
    private static int fixed(boolean isSet, MemorySegment m, long first) {
        if (!isSet) {
            clear(m);
            m.set(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(java.nio.ByteOrder.BIG_ENDIAN), DATA, first);
        }
        return 0;
    }

    private int description(MemorySegment m) {
        clear(m);
        byte[] text = at.name().getBytes(StandardCharsets.UTF_8);
        MemorySegment.copy(text, 0, m, ValueLayout.JAVA_BYTE, DATA, Math.min(text.length, Mad.SMP_DATA_BYTES - 1));
        return 0;
    }

    private int nodeInfo(MemorySegment m, int arrivalPort) {
        clear(m);
        NodeInfo.BASE_VERSION.set(m, DATA, VERSION);
        NodeInfo.CLASS_VERSION.set(m, DATA, VERSION);
        NodeInfo.NODE_TYPE.set(m, DATA, NodeInfo.TYPE_SWITCH);
        NodeInfo.NUM_PORTS.set(m, DATA, at.portCount());
        NodeInfo.SYSTEM_IMAGE_GUID.set(m, DATA, at.guid());
        NodeInfo.NODE_GUID.set(m, DATA, at.guid());
        NodeInfo.PORT_GUID.set(m, DATA, at.guid());
        NodeInfo.PARTITION_CAP.set(m, DATA, 1);
        NodeInfo.DEVICE_ID.set(m, DATA, DEVICE_ID);
        NodeInfo.LOCAL_PORT.set(m, DATA, arrivalPort);
        NodeInfo.VENDOR_ID.set(m, DATA, OUI);
        return 0;
    }

    private int switchInfo(boolean isSet, MemorySegment m) {
        if (isSet) {
            linearTop = Math.min(SwitchInfo.LINEAR_TOP.get(m, DATA), LINEAR_CAP - 1);
            lifeTime = SwitchInfo.LIFE_TIME.get(m, DATA);
            isStateChanged &= !SwitchInfo.PORT_STATE_CHANGE.isSet(m, DATA);
        }
        clear(m);
        SwitchInfo.LINEAR_CAP.set(m, DATA, LINEAR_CAP);
        SwitchInfo.MULTICAST_CAP.set(m, DATA, MULTICAST_CAP);
        SwitchInfo.LINEAR_TOP.set(m, DATA, Math.max(linearTop, at.forwarding().length - 1));
        SwitchInfo.LIFE_TIME.set(m, DATA, lifeTime);
        SwitchInfo.PORT_STATE_CHANGE.set(m, DATA, isStateChanged ? 1 : 0);
        SwitchInfo.LIDS_PER_PORT.set(m, DATA, 1);
        return 0;
    }

    private int smInfo(boolean isSet, MemorySegment m, int modifier) {
        if (host == null) {
            return Mad.STATUS_BAD_METHOD_ATTR;
        }
        int status = 0;
        if (isSet) {
            status = host.election().obey(modifier);
            host.noteChange();
        }
        clear(m);
        host.election().describe(m, DATA);
        return status;
    }

    private int linear(boolean isSet, MemorySegment m, int block) {
        if (block < 0 || block >= LINEAR_CAP / Mad.LIDS_PER_BLOCK) {
            return Mad.STATUS_BAD_FIELD;
        }
        int first = block * Mad.LIDS_PER_BLOCK;
        byte[] table = at.forwarding();
        if (isSet) {
            table = grown(table, first + Mad.LIDS_PER_BLOCK);
            MemorySegment.copy(m, ValueLayout.JAVA_BYTE, DATA, table, first, Mad.LIDS_PER_BLOCK);
            at.setForwarding(table);
        }
        for (int i = 0; i < Mad.LIDS_PER_BLOCK; i++) {
            byte port = first + i < table.length ? table[first + i] : (byte) Switch.NO_PORT;
            m.set(ValueLayout.JAVA_BYTE, DATA + i, port);
        }
        return 0;
    }

    private static byte[] grown(byte[] table, int length) {
        byte[] grown = java.util.Arrays.copyOf(table, Math.max(table.length, length));
        java.util.Arrays.fill(grown, table.length, grown.length, (byte) Switch.NO_PORT);
        return grown;
    }

    /** Modifier: block of multicast LIDs in the low bits, group of sixteen ports in the top four. */
    private int multicast(boolean isSet, MemorySegment m, int modifier) {
        int first = (modifier & 0x1ff) * Mad.MLIDS_PER_BLOCK;
        int shift = (modifier >>> 28) * PORT_GROUP;
        if (first >= MULTICAST_CAP || shift >= Long.SIZE) {
            return Mad.STATUS_BAD_FIELD;
        }
        long[] table = java.util.Arrays.copyOf(at.multicast(), Math.max(at.multicast().length, first + Mad.MLIDS_PER_BLOCK));
        for (int i = 0; i < Mad.MLIDS_PER_BLOCK; i++) {
            int wire = DATA + i * Short.BYTES;
            if (isSet) {
                long mask = m.get(BIG_SHORT, wire) & 0xffffL;
                table[first + i] = table[first + i] & ~(0xffffL << shift) | mask << shift;
            }
            m.set(BIG_SHORT, wire, (short) (table[first + i] >>> shift));
        }
        if (isSet) {
            at.setMulticast(table);
        }
        return 0;
    }
}
