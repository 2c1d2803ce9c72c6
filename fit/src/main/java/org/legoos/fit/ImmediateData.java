package org.legoos.fit;

/**
 * The 32 bits of immediate data that every FIT message carries (after LegoOS's IMM_* flags).
 * <pre>
 *  31    30     29     28..22            21..0
 *  SEND  REPLY  CREDIT port or private   SEND: offset in the receive ring, in bytes
 *                      bits (6 used)     REPLY: call tag; CREDIT: freed ring space in granules
 * </pre>
 * Exactly one of the three flags is set.
 */
final class ImmediateData {
    static final int SEND = 1 << 31;
    static final int REPLY = 1 << 30;
    static final int CREDIT = 1 << 29;
    private static final int KINDS = SEND | REPLY | CREDIT;
    private static final int PORT_SHIFT = 22;
    private static final int PORT_MASK = 0x3f;
    static final int VALUE_MASK = (1 << PORT_SHIFT) - 1;

    private ImmediateData() {}

    static int of(int kind, int port, int value) {
        return kind | port << PORT_SHIFT | value;
    }

    static int kind(int immediate) {
        return immediate & KINDS;
    }

    static int port(int immediate) {
        return immediate >>> PORT_SHIFT & PORT_MASK;
    }

    static int value(int immediate) {
        return immediate & VALUE_MASK;
    }
}
