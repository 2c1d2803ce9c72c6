package org.legoos.mlx4.transport;

import org.legoos.mlx4.wire.Bth;
import org.legoos.mlx4.wire.ImmDt;
import org.legoos.mlx4.wire.OpCode;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.Reth;

/**
 * The SEND or WRITE that is arriving on a connected QP, packet by packet; RC and UC share it. Checks what IBA 9.7.4.1
 * and 9.8.3 ask of a packet in sequence, moves its bytes, and completes the receive.
 */
final class InboundMessage {
    /** What became of a packet. */
    enum Outcome {
        /** Taken; the message goes on or is complete. */
        OK,
        /** No receive WQE; nothing was changed. */
        NO_RECEIVE,
        /** The packet does not fit the sequence or the message. */
        INVALID_REQUEST,
        /** The R_Key does not allow it. */
        REMOTE_ACCESS,
        /** This side's receive buffer cannot be used; its receive has completed with the error. */
        LOCAL_ERROR,
        /** The message is longer than the receive; its receive has completed with the error. */
        TOO_LONG
    }

    private final QpHost host;
    private final QpAttributes attributes;
    private final ReceiveRequest receive = new ReceiveRequest();

    private boolean active;
    private boolean isSend;
    private boolean hasReceive;
    private long offset;
    private long va;
    private int rkey;
    private long length;

    InboundMessage(QpHost host, QpAttributes attributes) {
        this.host = host;
        this.attributes = attributes;
    }

    boolean isActive() {
        return active;
    }

    /** Drops the message in progress; a receive that was taken stays for the next one. */
    void abandon() {
        active = false;
    }

    /** Forgets everything, without completion (reset). */
    void reset() {
        active = false;
        hasReceive = false;
    }

    /** Completes a receive that was taken with the flush status. */
    void flush() {
        active = false;
        if (hasReceive) {
            hasReceive = false;
            host.completeReceive(receive, Status.FLUSHED);
        }
    }

    /** Handles the next packet of a SEND or WRITE. */
    Outcome take(Packet packet, int flags) {
        boolean starts = (flags & OpCode.STARTS) != 0;
        boolean ends = (flags & OpCode.ENDS) != 0;
        boolean send = (flags & OpCode.IS_SEND) != 0;
        if (starts == active || !starts && send != isSend || !lengthFits(packet.payloadLength(), starts, ends)) {
            return Outcome.INVALID_REQUEST;
        }
        return send ? takeSend(packet, flags, starts, ends) : takeWrite(packet, flags, starts, ends);
    }

    private boolean lengthFits(int payload, boolean starts, boolean ends) {
        int mtu = attributes.mtuBytes;
        return ends ? payload <= mtu && (starts || payload > 0) : payload == mtu;
    }

    private Outcome takeSend(Packet packet, int flags, boolean starts, boolean ends) {
        if (starts) {
            if (!takeReceive()) {
                return Outcome.NO_RECEIVE;
            }
            offset = 0;
        }
        int payload = packet.payloadLength();
        if (offset + payload > receive.data.lengthBytes()) {
            failReceive(Status.LOCAL_LENGTH);
            return Outcome.TOO_LONG;
        }
        if (payload > 0) {
            Status status = host.scatter(receive, offset, packet);
            if (status != Status.OK) {
                failReceive(status);
                return Outcome.LOCAL_ERROR;
            }
        }
        active = !ends;
        isSend = true;
        offset += payload;
        return ends ? completeSend(packet, flags) : Outcome.OK;
    }

    private Outcome completeSend(Packet packet, int flags) {
        receive.kind = ReceiveRequest.Kind.SEND;
        if ((flags & OpCode.HAS_IMMEDIATE) != 0) {
            receive.kind = ReceiveRequest.Kind.SEND_IMMEDIATE;
            receive.immediate = ImmDt.DATA.get(packet.header, packet.extensionAt());
        } else if ((flags & OpCode.HAS_INVALIDATE) != 0) {
            receive.kind = ReceiveRequest.Kind.SEND_INVALIDATE;
            receive.immediate = ImmDt.DATA.get(packet.header, packet.extensionAt());
            if (!host.invalidate(receive.immediate)) {
                return Outcome.REMOTE_ACCESS;
            }
        }
        complete(packet, offset);
        return Outcome.OK;
    }

    private Outcome takeWrite(Packet packet, int flags, boolean starts, boolean ends) {
        int at = packet.extensionAt();
        int payload = packet.payloadLength();
        if (starts) {
            va = Reth.VA.get(packet.header, at);
            rkey = Reth.R_KEY.get(packet.header, at);
            length = Reth.DMA_LENGTH.get(packet.header, at) & 0xffffffffL;
            offset = 0;
            at += Reth.SIZE;
        }
        long left = length - offset;
        if (length > attributes.messageBytesMax || (ends ? left != payload : left <= payload)) {
            return Outcome.INVALID_REQUEST;
        }
        if (starts && !mayWrite()) {
            return Outcome.REMOTE_ACCESS;
        }
        boolean immediate = (flags & OpCode.HAS_IMMEDIATE) != 0;
        if (immediate && !takeReceive()) {
            return Outcome.NO_RECEIVE;
        }
        if (payload > 0 && !host.remoteWrite(rkey, va + offset, packet)) {
            return Outcome.REMOTE_ACCESS;
        }
        active = !ends;
        isSend = false;
        offset += payload;
        if (immediate) {
            receive.kind = ReceiveRequest.Kind.WRITE_IMMEDIATE;
            receive.immediate = ImmDt.DATA.get(packet.header, at);
            complete(packet, length);
        }
        return Outcome.OK;
    }

    private boolean mayWrite() {
        return attributes.remoteWriteEnabled
                && (length == 0 || host.checkRemote(QpHost.RemoteAccess.WRITE, rkey, va, length));
    }

    private boolean takeReceive() {
        if (!hasReceive) {
            receive.clear();
            hasReceive = host.fetchReceive(receive);
        }
        return hasReceive;
    }

    private void complete(Packet packet, long bytes) {
        receive.byteCount = bytes;
        receive.solicited = Bth.SOLICITED.get(packet.header, packet.bthAt) != 0;
        receive.remoteLid = packet.slid();
        hasReceive = false;
        host.completeReceive(receive, Status.OK);
    }

    private void failReceive(Status status) {
        active = false;
        hasReceive = false;
        host.completeReceive(receive, status);
    }
}
