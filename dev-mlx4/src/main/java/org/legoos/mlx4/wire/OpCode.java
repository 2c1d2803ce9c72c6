package org.legoos.mlx4.wire;

/**
 * BTH opcodes (IBA 9.2.1): three bits of service, five of operation, with a table of what each one means
 * and which extension headers it carries. Tests of the table cost one array load.
 */
public final class OpCode {
    public static final int RC = 0x00;
    public static final int UC = 0x20;
    public static final int UD = 0x60;
    /** Extended reliable connection (IBA Annex A14): the operations of RC, requests with an {@link XrcEth}. */
    public static final int XRC = 0xa0;
    /** The manufacturer's own on a reliable connection: masked atomics. */
    public static final int RC_VENDOR = 0xc0;
    public static final int SERVICE_MASK = 0xe0;

    public static final int SEND_FIRST = 0x00;
    public static final int SEND_MIDDLE = 0x01;
    public static final int SEND_LAST = 0x02;
    public static final int SEND_LAST_IMM = 0x03;
    public static final int SEND_ONLY = 0x04;
    public static final int SEND_ONLY_IMM = 0x05;
    public static final int WRITE_FIRST = 0x06;
    public static final int WRITE_MIDDLE = 0x07;
    public static final int WRITE_LAST = 0x08;
    public static final int WRITE_LAST_IMM = 0x09;
    public static final int WRITE_ONLY = 0x0a;
    public static final int WRITE_ONLY_IMM = 0x0b;
    public static final int READ_REQUEST = 0x0c;
    public static final int READ_RESPONSE_FIRST = 0x0d;
    public static final int READ_RESPONSE_MIDDLE = 0x0e;
    public static final int READ_RESPONSE_LAST = 0x0f;
    public static final int READ_RESPONSE_ONLY = 0x10;
    public static final int ACKNOWLEDGE = 0x11;
    public static final int ATOMIC_ACKNOWLEDGE = 0x12;
    public static final int COMPARE_SWAP = 0x13;
    public static final int FETCH_ADD = 0x14;
    public static final int SEND_LAST_INVALIDATE = 0x16;
    public static final int SEND_ONLY_INVALIDATE = 0x17;

    public static final int MASKED_COMPARE_SWAP = RC_VENDOR | COMPARE_SWAP;
    public static final int MASKED_FETCH_ADD = RC_VENDOR | FETCH_ADD;

    /** Of the manufacturer specific ones: what two ends of a wire tell each other; never on a link. */
    public static final int WIRE_MESSAGE = 0xff;

    public static final int UD_SEND_ONLY = UD | SEND_ONLY;
    public static final int UD_SEND_ONLY_IMM = UD | SEND_ONLY_IMM;

    /** Flags of an opcode. */
    public static final int KNOWN = 1;
    public static final int IS_SEND = 1 << 1;
    public static final int IS_WRITE = 1 << 2;
    public static final int IS_READ_REQUEST = 1 << 3;
    public static final int IS_READ_RESPONSE = 1 << 4;
    public static final int IS_ACK = 1 << 5;
    public static final int IS_ATOMIC_ACK = 1 << 6;
    public static final int IS_ATOMIC = 1 << 7;
    /** First or only packet of a message. */
    public static final int STARTS = 1 << 8;
    /** Last or only packet of a message. */
    public static final int ENDS = 1 << 9;
    public static final int HAS_IMMEDIATE = 1 << 10;
    public static final int HAS_INVALIDATE = 1 << 11;
    /** May carry data after its headers. */
    public static final int HAS_PAYLOAD = 1 << 12;
    /** An {@link XrcEth} comes first. */
    public static final int HAS_XRC_ETH = 1 << 13;
    /** An atomic with masks, see {@link MaskedAtomicEth}. */
    public static final int IS_MASKED = 1 << 14;

    public static final int RESPONSE = IS_READ_RESPONSE | IS_ACK | IS_ATOMIC_ACK;

    private static final short[] FLAGS = new short[256];
    /** Bytes of extension headers after the BTH. */
    private static final byte[] EXTENSION_BYTES = new byte[256];

    static {
        for (int service : new int[] {RC, UC, XRC}) {
            int data = KNOWN | HAS_PAYLOAD;
            define(service | SEND_FIRST, data | IS_SEND | STARTS, 0);
            define(service | SEND_MIDDLE, data | IS_SEND, 0);
            define(service | SEND_LAST, data | IS_SEND | ENDS, 0);
            define(service | SEND_LAST_IMM, data | IS_SEND | ENDS | HAS_IMMEDIATE, ImmDt.SIZE);
            define(service | SEND_ONLY, data | IS_SEND | STARTS | ENDS, 0);
            define(service | SEND_ONLY_IMM, data | IS_SEND | STARTS | ENDS | HAS_IMMEDIATE, ImmDt.SIZE);
            define(service | WRITE_FIRST, data | IS_WRITE | STARTS, Reth.SIZE);
            define(service | WRITE_MIDDLE, data | IS_WRITE, 0);
            define(service | WRITE_LAST, data | IS_WRITE | ENDS, 0);
            define(service | WRITE_LAST_IMM, data | IS_WRITE | ENDS | HAS_IMMEDIATE, ImmDt.SIZE);
            define(service | WRITE_ONLY, data | IS_WRITE | STARTS | ENDS, Reth.SIZE);
            define(service | WRITE_ONLY_IMM, data | IS_WRITE | STARTS | ENDS | HAS_IMMEDIATE, Reth.SIZE + ImmDt.SIZE);
        }
        defineReliable(RC);
        defineReliable(XRC);
        int masked = KNOWN | IS_ATOMIC | IS_MASKED | STARTS | ENDS;
        define(MASKED_COMPARE_SWAP, masked, MaskedAtomicEth.SIZE);
        define(MASKED_FETCH_ADD, masked, MaskedAtomicEth.SIZE);
        int datagram = KNOWN | HAS_PAYLOAD | IS_SEND | STARTS | ENDS;
        define(UD_SEND_ONLY, datagram, Deth.SIZE);
        define(UD_SEND_ONLY_IMM, datagram | HAS_IMMEDIATE, Deth.SIZE + ImmDt.SIZE);
    }

    private OpCode() {}

    private static void defineReliable(int service) {
        int response = KNOWN | IS_READ_RESPONSE | HAS_PAYLOAD;
        int atomic = KNOWN | IS_ATOMIC | STARTS | ENDS;
        int invalidating = KNOWN | HAS_PAYLOAD | IS_SEND | ENDS | HAS_INVALIDATE;
        define(service | READ_REQUEST, KNOWN | IS_READ_REQUEST | STARTS | ENDS, Reth.SIZE);
        define(service | READ_RESPONSE_FIRST, response | STARTS, Aeth.SIZE);
        define(service | READ_RESPONSE_MIDDLE, response, 0);
        define(service | READ_RESPONSE_LAST, response | ENDS, Aeth.SIZE);
        define(service | READ_RESPONSE_ONLY, response | STARTS | ENDS, Aeth.SIZE);
        define(service | ACKNOWLEDGE, KNOWN | IS_ACK, Aeth.SIZE);
        define(service | ATOMIC_ACKNOWLEDGE, KNOWN | IS_ATOMIC_ACK, Aeth.SIZE + Aeth.ATOMIC_ACK_SIZE);
        define(service | COMPARE_SWAP, atomic, AtomicEth.SIZE);
        define(service | FETCH_ADD, atomic, AtomicEth.SIZE);
        define(service | SEND_LAST_INVALIDATE, invalidating, ImmDt.SIZE);
        define(service | SEND_ONLY_INVALIDATE, invalidating | STARTS, ImmDt.SIZE);
    }

    private static void define(int opcode, int flags, int extensionBytes) {
        boolean hasXrcEth = service(opcode) == XRC && (flags & RESPONSE) == 0;
        FLAGS[opcode] = (short) (hasXrcEth ? flags | HAS_XRC_ETH : flags);
        EXTENSION_BYTES[opcode] = (byte) (hasXrcEth ? extensionBytes + XrcEth.SIZE : extensionBytes);
    }

    /** The flags above; 0 for an opcode that we do not know. */
    public static int flags(int opcode) {
        return FLAGS[opcode & 0xff];
    }

    public static int extensionBytes(int opcode) {
        return EXTENSION_BYTES[opcode & 0xff];
    }

    /** Bytes of the {@link XrcEth} that comes before the other extension headers, or 0. */
    public static int xrcBytes(int opcode) {
        return (FLAGS[opcode & 0xff] & HAS_XRC_ETH) != 0 ? XrcEth.SIZE : 0;
    }

    public static int service(int opcode) {
        return opcode & SERVICE_MASK;
    }

    /** The opcode without its service. */
    public static int operation(int opcode) {
        return opcode & ~SERVICE_MASK;
    }
}
