package org.legoos.emulator.subnet;

import java.util.Arrays;
import org.legoos.mlx4.fabric.ManagementPort;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.mad.Gid;

/** What clients ask of their own port, by subnet management requests to its agent. */
final class LocalSmp {
    static final int VENDOR = 0x2c9;
    static final int PART = 0x1003;

    private static final int BASE_VERSION = 1;
    private static final int CLASS_VERSION = 1;

    private final ManagementPort port;

    LocalSmp(ManagementPort port) {
        this.port = port;
    }

    /** A Get request: a whole MAD. */
    static byte[] get(int mgmtClass, int attribute, int modifier) {
        byte[] mad = new byte[Mad.SIZE_BYTES];
        java.lang.foreign.MemorySegment m = java.lang.foreign.MemorySegment.ofArray(mad);
        Mad.BASE_VERSION.set(m, 0, BASE_VERSION);
        Mad.MGMT_CLASS.set(m, 0, mgmtClass);
        Mad.CLASS_VERSION.set(m, 0, CLASS_VERSION);
        Mad.METHOD.set(m, 0, Mad.METHOD_GET);
        Mad.ATTRIBUTE_ID.set(m, 0, attribute);
        Mad.ATTRIBUTE_MODIFIER.set(m, 0, modifier);
        return mad;
    }

    /** A response to a directed-route request says that it is on its way back. */
    static void markDirection(byte[] mad) {
        java.lang.foreign.MemorySegment m = java.lang.foreign.MemorySegment.ofArray(mad);
        if (Mad.MGMT_CLASS.get(m, 0) == Mad.CLASS_SUBN_DIRECTED) {
            Mad.STATUS.set(m, 0, Mad.STATUS.get(m, 0) | Mad.STATUS_DIRECTION);
        }
    }

    private byte[] attribute(int attribute) {
        byte[] mad = get(Mad.CLASS_SUBN_LID, attribute, 0);
        port.executeLocally(mad);
        return Arrays.copyOfRange(mad, Mad.DATA, Mad.DATA + Mad.SMP_DATA_BYTES);
    }

    byte[] nodeInfo() {
        return attribute(Mad.ATTR_NODE_INFO);
    }

    byte[] portInfo() {
        return attribute(Mad.ATTR_PORT_INFO);
    }

    byte[] pKeys() {
        return attribute(Mad.ATTR_PKEY_TABLE);
    }

    /** Prefix and port GUID. */
    byte[] gid() {
        return Gid.ofPort(port.port().guid()).bytes();
    }
}
