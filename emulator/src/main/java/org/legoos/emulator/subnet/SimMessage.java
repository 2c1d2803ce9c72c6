package org.legoos.emulator.subnet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The two messages of ibsim's protocol, as its C structures lie in memory on a little-endian host:
 * <pre>
 *  control, 80 bytes   0 u32 magic   4 u32 client   8 u32 type   12 u32 length   16 data
 *  data, 288 bytes     0 u32 DLID    4 u32 SLID     8 u32 DQP    12 u32 SQP      16 u32 status   24 u64 length   32 MAD
 * </pre>
 * LIDs are 16 bits in network order in the low half; queue pairs and status are 32 bits, the length 64 bits in network order.
 */
final class SimMessage {
    static final int CONTROL_BYTES = 80;
    static final int DATA_BYTES = 288;
    static final int MAGIC = 0xdeadbeef;

    static final int CLIENT = 4;
    static final int TYPE = 8;
    static final int CONTROL_DATA = 16;

    static final int TYPE_ERROR = 0;
    static final int TYPE_CONNECT = 1;
    static final int TYPE_DISCONNECT = 2;
    static final int TYPE_GET_PORT = 3;
    static final int TYPE_GET_VENDOR = 4;
    static final int TYPE_GET_GID = 5;
    static final int TYPE_GET_GUID = 6;
    static final int TYPE_GET_NODEINFO = 7;
    static final int TYPE_GET_PORTINFO = 8;
    static final int TYPE_SET_ISSM = 9;
    static final int TYPE_GET_PKEYS = 10;

    static final int CONNECT_ID = CONTROL_DATA;
    static final int CONNECT_IS_SM = CONTROL_DATA + 8;
    static final int CONNECT_NODE = CONTROL_DATA + 12;
    static final int NODE_BYTES = 32;

    static final int MAD = 32;
    static final int MAD_BYTES = 256;
    private static final int DLID = 0;
    private static final int SLID = 4;
    private static final int DQP = 8;
    private static final int SQP = 12;
    private static final int STATUS = 16;
    private static final int LENGTH = 24;
    /** errno of Linux that tells umad of a time-out. */
    static final int ETIMEDOUT = 110;

    private SimMessage() {}

    static ByteBuffer buffer() {
        return ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
    }

    static int dlid(ByteBuffer m) {
        return Short.reverseBytes(m.getShort(DLID)) & 0xffff;
    }

    static int destinationQp(ByteBuffer m) {
        return Integer.reverseBytes(m.getInt(DQP));
    }

    static int sourceQp(ByteBuffer m) {
        return Integer.reverseBytes(m.getInt(SQP));
    }

    static byte[] mad(ByteBuffer m) {
        byte[] bytes = new byte[MAD_BYTES];
        m.get(MAD, bytes);
        return bytes;
    }

    /** Fills a data message. @param length bytes of the MAD that mean something */
    static ByteBuffer data(byte[] mad, int length, int slid, int dlid, int sourceQp, int destinationQp, int errno) {
        ByteBuffer m = buffer();
        m.putInt(DLID, Short.reverseBytes((short) dlid) & 0xffff);
        m.putInt(SLID, Short.reverseBytes((short) slid) & 0xffff);
        m.putInt(DQP, Integer.reverseBytes(destinationQp));
        m.putInt(SQP, Integer.reverseBytes(sourceQp));
        m.putInt(STATUS, Integer.reverseBytes(errno));
        m.putLong(LENGTH, Long.reverseBytes(length));
        m.put(MAD, mad);
        return m.position(0).limit(DATA_BYTES);
    }
}
