package org.legoos.kernel.ib.ipoib;

import org.legoos.mlx4.prm.Field;

/** What is in a datagram of IPoIB: an encapsulation header (RFC 4391, 6), and ARP (9.1.2; RFC 826) or IPv4 (RFC 791) behind it. */
final class Frames {
    static final Field ETHER_TYPE = Field.word16(0);
    static final int HEADER_BYTES = 4;
    static final int TYPE_IPV4 = 0x0800;
    static final int TYPE_ARP = 0x0806;

    private Frames() {}

    /** Offsets from its own beginning. */
    static final class Arp {
        static final Field HARDWARE_TYPE = Field.word16(0);
        static final Field PROTOCOL_TYPE = Field.word16(2);
        static final Field HARDWARE_LENGTH = Field.byteAt(4);
        static final Field PROTOCOL_LENGTH = Field.byteAt(5);
        static final Field OPERATION = Field.word16(6);
        static final int SENDER_LINK = 8;
        static final Field SENDER_IP = Field.word32(28);
        static final int TARGET_LINK = 32;
        static final Field TARGET_IP = Field.word32(52);
        static final int SIZE_BYTES = 56;

        static final int HARDWARE_INFINIBAND = 32;
        static final int IPV4_BYTES = 4;
        static final int REQUEST = 1;
        static final int REPLY = 2;

        private Arp() {}
    }

    /** Offsets from its own beginning. */
    static final class Ipv4 {
        static final Field VERSION = Field.byteBits(0, 7, 4);
        static final Field HEADER_WORDS = Field.byteBits(0, 3, 0);
        static final Field TOTAL_LENGTH = Field.word16(2);
        /** More fragments, or not the first. */
        static final Field FRAGMENT = Field.bits(4, 13, 0);
        static final Field TIME_TO_LIVE = Field.byteAt(8);
        static final Field PROTOCOL = Field.byteAt(9);
        static final Field CHECKSUM = Field.word16(10);
        static final Field SOURCE = Field.word32(12);
        static final Field DESTINATION = Field.word32(16);
        static final int SIZE_BYTES = 20;
        static final int PROTOCOL_ICMP = 1;

        private Ipv4() {}
    }

    /** Offsets from its own beginning (RFC 792). */
    static final class Icmp {
        static final Field TYPE = Field.byteAt(0);
        static final Field CHECKSUM = Field.word16(2);
        static final int SIZE_BYTES = 8;
        static final int ECHO_REPLY = 0;
        static final int ECHO_REQUEST = 8;

        private Icmp() {}
    }
}
