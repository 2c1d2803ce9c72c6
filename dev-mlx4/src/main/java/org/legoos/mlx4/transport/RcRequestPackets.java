package org.legoos.mlx4.transport;

import org.legoos.mlx4.wire.Bth;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.XrcEth;

/**
 * Builds any packet of a reliable request, first time or again, from the request and the packet's PSN. A long READ
 * becomes several READ requests, so that one never asks for more packets than the buffers on the way hold.
 */
final class RcRequestPackets {
    /** Responses that one READ request asks for. */
    static final int READ_PACKETS = 32;

    private final QpHost host;
    private final QpAttributes attributes;
    private final PacketHeader header;

    RcRequestPackets(QpHost host, QpAttributes attributes, PacketHeader header) {
        this.host = host;
        this.attributes = attributes;
        this.header = header;
    }

    /** PSNs that a request takes. */
    long total(SendRequest request) {
        return request.operation.isAtomic() ? 1 : SendPackets.packets(request.data.lengthBytes(), attributes.mtuBytes);
    }

    /** PSNs that the packet at psn takes: for a READ request those of its responses. */
    long count(SendRequest request, long psn) {
        return request.operation == Operation.READ ? chunkEnd(request, psn) - psn : 1;
    }

    private static long chunkEnd(SendRequest request, long psn) {
        long chunk = (psn - request.firstPsn) / READ_PACKETS;
        return Math.min(request.endPsn, request.firstPsn + (chunk + 1) * READ_PACKETS);
    }

    /**
     * The packet at psn, or null: then either the request's fetchStatus says what is wrong with its memory, or the
     * card has no packet object left.
     *
     * @param askAlways ask for an acknowledge in any case
     */
    Packet build(SendRequest request, long psn, boolean askAlways) {
        boolean last = psn + 1 == request.endPsn;
        int opcode = SendPackets.opcode(request.operation, psn == request.firstPsn, last);
        Packet packet = header.begin(host, opcode, psn);
        if (packet == null) {
            return null;
        }
        if (attributes.isXrc) {
            XrcEth.RESERVED.set(packet.header, packet.xrcEthAt(), 0);
            XrcEth.SRQN.set(packet.header, packet.xrcEthAt(), request.xrcSrqn);
        }
        boolean ask = true;
        switch (request.operation) {
            case READ -> fillRead(packet, request, psn);
            case COMPARE_SWAP, FETCH_ADD, MASKED_COMPARE_SWAP, MASKED_FETCH_ADD -> SendPackets.fillAtomic(packet, request);
            default -> {
                Status status = fillData(packet, request, psn);
                if (status != Status.OK) {
                    packet.release();
                    request.fetchStatus = status;
                    return null;
                }
                ask = askAlways || last || isAckDue(psn + 1 - request.firstPsn);
            }
        }
        Bth.ACK_REQ.set(packet.header, packet.bthAt, ask ? 1 : 0);
        return packet;
    }

    private boolean isAckDue(long packetsSent) {
        return (packetsSent & (1L << attributes.ackRequestExponent) - 1) == 0;
    }

    private Status fillData(Packet packet, SendRequest request, long psn) {
        SendPackets.fillExtensions(packet, request);
        long offset = (psn - request.firstPsn) * attributes.mtuBytes;
        int length = (int) Math.min(attributes.mtuBytes, request.data.lengthBytes() - offset);
        return length > 0 ? host.gather(request, offset, length, packet) : Status.OK;
    }

    private void fillRead(Packet packet, SendRequest request, long psn) {
        int mtu = attributes.mtuBytes;
        long offset = (psn - request.firstPsn) * mtu;
        long end = Math.min(request.data.lengthBytes(), (chunkEnd(request, psn) - request.firstPsn) * mtu);
        SendPackets.fillReth(
                packet.header, packet.extensionAt(), request.remoteVa + offset, request.remoteKey, end - offset);
    }
}
