package org.legoos.mlx4.transport;

import org.legoos.mlx4.wire.AtomicEth;
import org.legoos.mlx4.wire.Bth;
import org.legoos.mlx4.wire.ImmDt;
import org.legoos.mlx4.wire.MaskedAtomicEth;
import org.legoos.mlx4.wire.OpCode;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.Reth;

/** Builds the request packets of connected services (RC and UC differ in the service bits only). */
final class SendPackets {
    private SendPackets() {}

    /** Opcode (without service) of one packet of a SEND or WRITE. */
    static int opcode(Operation operation, boolean first, boolean last) {
        return switch (operation) {
            case SEND -> pick(first, last, OpCode.SEND_FIRST, OpCode.SEND_LAST, OpCode.SEND_ONLY);
            case SEND_IMMEDIATE -> pick(first, last, OpCode.SEND_FIRST, OpCode.SEND_LAST_IMM, OpCode.SEND_ONLY_IMM);
            case SEND_INVALIDATE ->
                pick(first, last, OpCode.SEND_FIRST, OpCode.SEND_LAST_INVALIDATE, OpCode.SEND_ONLY_INVALIDATE);
            case WRITE -> pick(first, last, OpCode.WRITE_FIRST, OpCode.WRITE_LAST, OpCode.WRITE_ONLY);
            case WRITE_IMMEDIATE ->
                pick(first, last, OpCode.WRITE_FIRST, OpCode.WRITE_LAST_IMM, OpCode.WRITE_ONLY_IMM);
            case READ -> OpCode.READ_REQUEST;
            case COMPARE_SWAP -> OpCode.COMPARE_SWAP;
            case FETCH_ADD -> OpCode.FETCH_ADD;
            case MASKED_COMPARE_SWAP -> OpCode.MASKED_COMPARE_SWAP;
            case MASKED_FETCH_ADD -> OpCode.MASKED_FETCH_ADD;
            case LOCAL -> throw new IllegalStateException("local requests have no packets");
        };
    }

    private static int pick(boolean first, boolean last, int firstOpcode, int lastOpcode, int onlyOpcode) {
        if (first) {
            return last ? onlyOpcode : firstOpcode;
        }
        return last ? lastOpcode : firstOpcode + 1; // MIDDLE follows FIRST
    }

    /** Extension headers of a SEND or WRITE packet, and the solicited bit. */
    static void fillExtensions(Packet packet, SendRequest request) {
        int flags = OpCode.flags(packet.opcode());
        int at = packet.extensionAt();
        if ((flags & OpCode.IS_WRITE) != 0 && (flags & OpCode.STARTS) != 0) {
            fillReth(packet.header, at, request.remoteVa, request.remoteKey, request.data.lengthBytes());
            at += Reth.SIZE;
        }
        if ((flags & (OpCode.HAS_IMMEDIATE | OpCode.HAS_INVALIDATE)) != 0) {
            ImmDt.DATA.set(packet.header, at, request.immediate);
        }
        if ((flags & OpCode.ENDS) != 0 && request.solicited && request.operation != Operation.WRITE) {
            Bth.SOLICITED.set(packet.header, packet.bthAt, 1);
        }
    }

    static void fillReth(byte[] header, int at, long va, int rkey, long length) {
        Reth.VA.set(header, at, va);
        Reth.R_KEY.set(header, at, rkey);
        Reth.DMA_LENGTH.set(header, at, (int) length);
    }

    static void fillAtomic(Packet packet, SendRequest request) {
        int at = packet.extensionAt();
        AtomicEth.VA.set(packet.header, at, request.remoteVa);
        AtomicEth.R_KEY.set(packet.header, at, request.remoteKey);
        AtomicEth.SWAP_OR_ADD.set(packet.header, at, request.swapOrAdd);
        AtomicEth.COMPARE.set(packet.header, at, request.compare);
        if (request.operation.isMasked()) {
            MaskedAtomicEth.SWAP_OR_ADD_MASK.set(packet.header, at, request.swapOrAddMask);
            MaskedAtomicEth.COMPARE_MASK.set(packet.header, at, request.compareMask);
        }
    }

    /** Packets that length bytes need: at least one. */
    static long packets(long length, int mtuBytes) {
        return length <= mtuBytes ? 1 : (length + mtuBytes - 1) / mtuBytes;
    }
}
