package org.legoos.mlx4.fabric;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.PortInfo;
import org.legoos.mlx4.prm.mad.Gid;

/** A port that has a LID: a card's, or the management port of a switch. */
record EndPort(Port port) {
    private static final int VERSION = 1;

    int lid() {
        return port.lid();
    }

    boolean hasLid(int lid) {
        return port.isOwnLid(lid);
    }

    Gid gid() {
        return Gid.ofPort(port.guid());
    }

    boolean isSwitch() {
        return port.ofSwitch() != null;
    }

    /** The attribute that a Get gives (64 bytes), or null: no agent, or not known there. */
    byte[] get(int attribute, int modifier) {
        PortAgent agent = port.agent();
        if (agent == null) {
            return null;
        }
        byte[] mad = new byte[Mad.SIZE_BYTES];
        MemorySegment m = MemorySegment.ofArray(mad);
        Mad.BASE_VERSION.set(m, 0, VERSION);
        Mad.MGMT_CLASS.set(m, 0, Mad.CLASS_SUBN_LID);
        Mad.CLASS_VERSION.set(m, 0, VERSION);
        Mad.METHOD.set(m, 0, Mad.METHOD_GET);
        Mad.ATTRIBUTE_ID.set(m, 0, attribute);
        Mad.ATTRIBUTE_MODIFIER.set(m, 0, modifier);
        boolean isGood = agent.answer(m) && Mad.STATUS.get(m, 0) == 0;
        return isGood ? m.asSlice(Mad.DATA, Mad.SMP_DATA_BYTES).toArray(ValueLayout.JAVA_BYTE) : null;
    }

    /** The capability mask of its PortInfo. */
    int capabilities() {
        byte[] info = get(Mad.ATTR_PORT_INFO, isSwitch() ? 0 : port.number());
        return info == null ? 0 : PortInfo.CAPABILITY_MASK.get(MemorySegment.ofArray(info), 0);
    }
}
