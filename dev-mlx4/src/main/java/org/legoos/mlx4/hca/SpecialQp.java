package org.legoos.mlx4.hca;

/**
 * What a queue pair is to the card. CONF_SPECIAL_QP names a block of eight QPNs (PRM 3.13): QP0 of port 1 and 2, QP1
 * of port 1 and 2, and four raw ones, which an InfiniBand card has no use for.
 */
enum SpecialQp {
    /** QP0: subnet management packets, lane 15. */
    SUBNET_MANAGEMENT,
    /** QP1: the general services' packets. */
    GENERAL_SERVICES,
    RAW,
    /** Not special. */
    NONE;

    static final int BLOCK = 8;
    /** DestQP on the wire. */
    static final int QP0 = 0;
    static final int QP1 = 1;
    private static final int PORTS = 2;

    /** @param base of the block, 0 = none */
    static SpecialQp of(int qpn, int base) {
        int index = qpn - base;
        if (base == 0 || index < 0 || index >= BLOCK) {
            return NONE;
        }
        return index < PORTS ? SUBNET_MANAGEMENT : index < 2 * PORTS ? GENERAL_SERVICES : RAW;
    }

    /** The QPN that stands for DestQP 0 or 1 of a port. */
    static int qpn(int base, int wireQpn, int port) {
        return base + wireQpn * PORTS + port - 1;
    }

    /** The port, from 1, of a management queue pair. */
    static int port(int qpn, int base) {
        return (qpn - base) % PORTS + 1;
    }

    boolean isManagement() {
        return this == SUBNET_MANAGEMENT || this == GENERAL_SERVICES;
    }
}
