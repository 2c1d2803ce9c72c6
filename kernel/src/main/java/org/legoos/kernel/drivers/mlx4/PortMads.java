package org.legoos.kernel.drivers.mlx4;

import java.lang.foreign.MemorySegment;
import org.legoos.kernel.ib.IbDevice.PortState;
import org.legoos.mlx4.prm.Field;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.NodeInfo;
import org.legoos.mlx4.prm.PortInfo;

/** The subnet management MADs that the driver asks of its own port: Get(NodeInfo), Get(PortInfo) (IBA 14.2.5). */
final class PortMads {
    private static final int VERSION = 1;
    private static final int STATE_ACTIVE = 4;

    private PortMads() {}

    static void request(MemorySegment memory, long mad, int attribute, int modifier) {
        memory.asSlice(mad, Mad.SIZE_BYTES).fill((byte) 0);
        Mad.BASE_VERSION.set(memory, mad, VERSION);
        Mad.MGMT_CLASS.set(memory, mad, Mad.CLASS_SUBN_LID);
        Mad.CLASS_VERSION.set(memory, mad, VERSION);
        Mad.METHOD.set(memory, mad, Mad.METHOD_GET);
        Mad.ATTRIBUTE_ID.set(memory, mad, attribute);
        Mad.ATTRIBUTE_MODIFIER.set(memory, mad, modifier);
    }

    static long nodeGuid(MemorySegment memory, long mad) {
        return NodeInfo.NODE_GUID.get(memory, mad + Mad.DATA);
    }

    static long portGuid(MemorySegment memory, long mad) {
        return NodeInfo.PORT_GUID.get(memory, mad + Mad.DATA);
    }

    static long gidPrefix(MemorySegment memory, long mad) {
        return PortInfo.GID_PREFIX.get(memory, mad + Mad.DATA);
    }

    /** Of a block of the table. */
    static int pkey(MemorySegment memory, long mad, int index) {
        return Field.word16(index * Short.BYTES).get(memory, mad + Mad.DATA);
    }

    static PortState portState(MemorySegment memory, long mad, int maxMtuBytes, int pkeyCount, int gidCount) {
        long data = mad + Mad.DATA;
        return new PortState(
                PortInfo.LID.get(memory, data),
                PortInfo.MASTER_SM_LID.get(memory, data),
                PortInfo.PORT_STATE.get(memory, data) == STATE_ACTIVE,
                maxMtuBytes,
                mtuBytes(PortInfo.NEIGHBOR_MTU.get(memory, data)),
                pkeyCount,
                gidCount);
    }

    /** MTU codes: 1 is 256, 5 is 4096. */
    static int mtuBytes(int code) {
        return 128 << Math.clamp(code, 1, 5);
    }

    static int mtuCode(int bytes) {
        return Integer.numberOfTrailingZeros(bytes) - 7;
    }
}
