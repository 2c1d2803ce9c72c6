package org.legoos.mlx4.udp;

import org.legoos.mlx4.wire.Bth;
import org.legoos.mlx4.wire.Field;
import org.legoos.mlx4.wire.Lrh;
import org.legoos.mlx4.wire.OpCode;
import org.legoos.mlx4.wire.Packet;

/**
 * What two ends of a UDP wire on one host tell each other about the memory that they share: packets of a manufacturer
 * specific opcode (IBA 9.2.1: 0xc0 and above), which others drop. The header is one BTH and these words:
 *
 * <pre>
 *   0  kind
 *   4  nonce of the ring, high and low word
 *  12  process that has made the ring
 *  16  its descriptor there
 * </pre>
 */
final class RingMessage {
    static final int OPCODE = OpCode.WIRE_MESSAGE;
    static final int SIZE = 20;

    /** "Here is a ring for what you send to me; I would like to know yours." */
    static final int OFFER = 1;
    /** The same in answer to an offer. */
    static final int ANSWER = 2;
    /** "There is something in your ring." */
    static final int WAKE = 3;

    static final Field KIND = new Field("kind", 0, 0, 32);
    static final Field NONCE_HIGH = new Field("nonceHigh", 4, 0, 32);
    static final Field NONCE_LOW = new Field("nonceLow", 8, 0, 32);
    static final Field PID = new Field("pid", 12, 0, 32);
    static final Field DESCRIPTOR = new Field("descriptor", 16, 0, 32);

    private static final int WORDS_AT = Lrh.SIZE + Bth.SIZE;

    private RingMessage() {}

    static boolean is(Packet packet) {
        return packet.opcode() == OPCODE;
    }

    static void fill(Packet packet, int kind, long nonce, int pid, int descriptor) {
        packet.clear();
        packet.headerLength = WORDS_AT + SIZE;
        java.util.Arrays.fill(packet.header, 0, packet.headerLength, (byte) 0);
        Bth.OPCODE.set(packet.header, Lrh.SIZE, OPCODE);
        KIND.set(packet.header, WORDS_AT, kind);
        NONCE_HIGH.set(packet.header, WORDS_AT, (int) (nonce >>> 32));
        NONCE_LOW.set(packet.header, WORDS_AT, (int) nonce);
        PID.set(packet.header, WORDS_AT, pid);
        DESCRIPTOR.set(packet.header, WORDS_AT, descriptor);
        packet.finish();
    }

    /** The words of a message that arrived; null when there are not enough. */
    static byte[] words(Packet packet) {
        if (packet.payloadLength() != SIZE) {
            return null;
        }
        byte[] words = new byte[SIZE];
        packet.copyPayload(0, words, 0, SIZE);
        return words;
    }

    static long nonce(byte[] words) {
        return (long) NONCE_HIGH.get(words, 0) << 32 | NONCE_LOW.get(words, 0) & 0xffffffffL;
    }
}
