package org.legoos.kernel.drivers.mlx4;

import java.lang.foreign.MemorySegment;
import org.legoos.kernel.ib.SendWorkRequest;
import org.legoos.mlx4.prm.AddressVector;
import org.legoos.mlx4.prm.AtomicSegment;
import org.legoos.mlx4.prm.CtrlSegment;
import org.legoos.mlx4.prm.DataSegment;
import org.legoos.mlx4.prm.DatagramSegment;
import org.legoos.mlx4.prm.InlineSegment;
import org.legoos.mlx4.prm.RemoteAddrSegment;
import org.legoos.mlx4.prm.WqeOpcode;

/**
 * Writes send WQEs (mlx4_ib_post_send). The card may fetch a slot at any time, so of each data segment the
 * byte count is stored last, and of the WQE its first word, which is left to {@link #publish}.
 */
final class SendWqe {
    private static final int UNIT_BYTES = 16;
    private static final int HOP_LIMIT = 64;

    private SendWqe() {}

    /** Makes the WQE valid: everything else must be in place. */
    static void publish(MemorySegment memory, long wqe, int opcode, int ownerBit) {
        WireWords.publish(memory, wqe, CtrlSegment.OWNER.of0(ownerBit) | CtrlSegment.OPCODE.of0(opcode));
    }

    /** As the other, for a WQE that goes through BlueFlame, which says whose it is: the copies must be the same. */
    static void publish(MemorySegment memory, long wqe, int opcode, int ownerBit, int index, int qpn) {
        CtrlSegment.BF_QPN.set(memory, wqe, qpn);
        WireWords.publish(memory, wqe,
                CtrlSegment.OWNER.of0(ownerBit) | CtrlSegment.BF_WQE_INDEX.of0(index) | CtrlSegment.OPCODE.of0(opcode));
    }

    /** Of a WQE in memory, in whole lines. */
    static int lineBytes(MemorySegment memory, long wqe) {
        return CtrlSegment.DS.get(memory, wqe) * UNIT_BYTES + BlueFlame.LINE_BYTES - 1 & -BlueFlame.LINE_BYTES;
    }

    static int opcode(SendWorkRequest.Opcode opcode) {
        return switch (opcode) {
            case SEND -> WqeOpcode.SEND;
            case SEND_WITH_IMM -> WqeOpcode.SEND_IMM;
            case RDMA_WRITE -> WqeOpcode.RDMA_WRITE;
            case RDMA_WRITE_WITH_IMM -> WqeOpcode.RDMA_WRITE_IMM;
            case RDMA_READ -> WqeOpcode.RDMA_READ;
            case ATOMIC_CMP_AND_SWP -> WqeOpcode.ATOMIC_CS;
            case ATOMIC_FETCH_AND_ADD -> WqeOpcode.ATOMIC_FA;
            case MASKED_ATOMIC_CMP_AND_SWP -> WqeOpcode.MASKED_ATOMIC_CS;
            case MASKED_ATOMIC_FETCH_AND_ADD -> WqeOpcode.MASKED_ATOMIC_FA;
            case SEND_WITH_INV -> WqeOpcode.SEND_INVAL;
            case LOCAL_INV -> WqeOpcode.LOCAL_INVAL;
            case REG_MR -> WqeOpcode.FAST_REG;
            case BIND_MW -> WqeOpcode.BIND_MW;
        };
    }

    /** All of a connected QP's WQE but its first word. */
    static void connected(MemorySegment memory, long wqe, SendWorkRequest request) {
        int at = CtrlSegment.SIZE_BYTES;
        if (request.opcode.isLocal()) {
            control(memory, wqe, request, at + KeyWqe.write(memory, wqe + at, request));
            return;
        }
        switch (request.opcode) {
            case RDMA_WRITE, RDMA_WRITE_WITH_IMM, RDMA_READ -> at = remoteAddress(memory, wqe, at, request);
            case ATOMIC_CMP_AND_SWP -> at = atomic(memory, wqe, remoteAddress(memory, wqe, at, request), request.swap, request.compareAdd);
            case ATOMIC_FETCH_AND_ADD -> at = atomic(memory, wqe, remoteAddress(memory, wqe, at, request), request.compareAdd, 0);
            case MASKED_ATOMIC_FETCH_AND_ADD ->
                at = atomic(memory, wqe, remoteAddress(memory, wqe, at, request), request.compareAdd, request.compareAddMask);
            case MASKED_ATOMIC_CMP_AND_SWP -> at = maskedCompareSwap(memory, wqe, remoteAddress(memory, wqe, at, request), request);
            default -> { }
        }
        control(memory, wqe, request, data(memory, wqe, at, request));
    }

    /** All of a UD QP's WQE but its first word. */
    static void datagram(MemorySegment memory, long wqe, SendWorkRequest request, int pd, int port) {
        long at = wqe + CtrlSegment.SIZE_BYTES;
        for (int word = 0; word < DatagramSegment.SIZE_BYTES; word += Integer.BYTES) {
            WireWords.put(memory, at + word, 0);
        }
        AddressVector.PORT.set(memory, at, port);
        AddressVector.PD.set(memory, at, pd);
        AddressVector.REMOTE_LID.set(memory, at, request.remoteLid);
        if (request.hasRemoteGid) {
            AddressVector.GRH.set(memory, at, 1);
            AddressVector.HOP_LIMIT.set(memory, at, HOP_LIMIT);
            AddressVector.REMOTE_GID_HI.set(memory, at, request.remoteGidHigh);
            AddressVector.REMOTE_GID_LO.set(memory, at, request.remoteGidLow);
        }
        DatagramSegment.DEST_QPN.set(memory, at, request.remoteQpn);
        DatagramSegment.QKEY.set(memory, at, request.remoteQkey);
        control(memory, wqe, request, data(memory, wqe, CtrlSegment.SIZE_BYTES + DatagramSegment.SIZE_BYTES, request));
    }

    private static void control(MemorySegment memory, long wqe, SendWorkRequest request, int endBytes) {
        int size = CtrlSegment.DS.of0((endBytes + UNIT_BYTES - 1) / UNIT_BYTES) | CtrlSegment.FENCE.of0(request.fence ? 1 : 0);
        WireWords.put(memory, wqe + CtrlSegment.DS.byteOffset(), size);
        int flags = CtrlSegment.CQ_UPDATE.of0(request.signaled ? CtrlSegment.CQ_UPDATE_ALWAYS : 0)
                | CtrlSegment.SOLICITED.of0(request.solicited ? 1 : 0) | CtrlSegment.STRONG_ORDER.of0(request.opcode.isLocal() ? 1 : 0);
        WireWords.put(memory, wqe + CtrlSegment.CQ_UPDATE.byteOffset(), flags);
        boolean hasImmediate = request.opcode == SendWorkRequest.Opcode.SEND_WITH_IMM
                || request.opcode == SendWorkRequest.Opcode.RDMA_WRITE_WITH_IMM;
        boolean invalidates = request.opcode == SendWorkRequest.Opcode.SEND_WITH_INV;
        CtrlSegment.IMMEDIATE.set(memory, wqe, hasImmediate ? request.immediate : invalidates ? request.invalidateKey : 0);
    }

    private static int remoteAddress(MemorySegment memory, long wqe, int at, SendWorkRequest request) {
        RemoteAddrSegment.ADDRESS.set(memory, wqe + at, request.remoteAddress);
        RemoteAddrSegment.RKEY.set(memory, wqe + at, request.remoteKey);
        WireWords.put(memory, wqe + at + RemoteAddrSegment.RKEY.byteOffset() + Integer.BYTES, 0);
        return at + RemoteAddrSegment.SIZE_BYTES;
    }

    private static int atomic(MemorySegment memory, long wqe, int at, long swapAdd, long compare) {
        AtomicSegment.SWAP_ADD.set(memory, wqe + at, swapAdd);
        AtomicSegment.COMPARE.set(memory, wqe + at, compare);
        return at + AtomicSegment.SIZE_BYTES;
    }

    private static int maskedCompareSwap(MemorySegment memory, long wqe, int at, SendWorkRequest request) {
        atomic(memory, wqe, at, request.swap, request.compareAdd);
        AtomicSegment.SWAP_ADD_MASK.set(memory, wqe + at, request.swapMask);
        AtomicSegment.COMPARE_MASK.set(memory, wqe + at, request.compareAddMask);
        return at + AtomicSegment.MASKED_SIZE_BYTES;
    }

    /** @return where the WQE ends */
    private static int data(MemorySegment memory, long wqe, int at, SendWorkRequest request) {
        if (request.inline) {
            return inline(memory, wqe, at, request);
        }
        int end = at;
        for (int i = 0; i < request.sgeCount; i++) {
            dataSegment(memory, wqe + end, request.sgeAddress[i], request.sgeLengthBytes[i], request.sgeLocalKey[i]);
            end += DataSegment.SIZE_BYTES;
        }
        return end;
    }

    private static void dataSegment(MemorySegment memory, long at, long address, int lengthBytes, int localKey) {
        DataSegment.LKEY.set(memory, at, localKey);
        DataSegment.ADDRESS.set(memory, at, address);
        WireWords.publish(memory, at, lengthBytes == 0 ? DataSegment.ZERO_LENGTH : lengthBytes);
    }

    /** Copies the data into the WQE: runs that end at 64-byte boundaries, a header before each. */
    private static int inline(MemorySegment memory, long wqe, int at, SendWorkRequest request) {
        int header = at;
        int end = at + InlineSegment.HEADER_BYTES;
        for (int i = 0; i < request.sgeCount; i++) {
            long from = request.sgeAddress[i];
            int left = request.sgeLengthBytes[i];
            while (left > 0) {
                int room = InlineSegment.BOUNDARY_BYTES - end % InlineSegment.BOUNDARY_BYTES;
                if (room == InlineSegment.BOUNDARY_BYTES) {
                    closeInline(memory, wqe, header, end);
                    header = end;
                    end += InlineSegment.HEADER_BYTES;
                    room -= InlineSegment.HEADER_BYTES;
                }
                int piece = Math.min(left, room);
                MemorySegment.copy(memory, from, memory, wqe + end, piece);
                from += piece;
                end += piece;
                left -= piece;
            }
        }
        closeInline(memory, wqe, header, end);
        return end;
    }

    private static void closeInline(MemorySegment memory, long wqe, int header, int end) {
        int count = end - header - InlineSegment.HEADER_BYTES;
        WireWords.publish(memory, wqe + header, InlineSegment.INLINE.of0(1) | InlineSegment.BYTE_COUNT.of0(count));
    }

    /** Where a WQE ends whose inline data begins at {@code at}. */
    static int inlineEnd(int at, int lengthBytes) {
        int end = at + InlineSegment.HEADER_BYTES;
        int left = lengthBytes;
        while (left > 0) {
            int room = InlineSegment.BOUNDARY_BYTES - end % InlineSegment.BOUNDARY_BYTES;
            if (room == InlineSegment.BOUNDARY_BYTES) {
                end += InlineSegment.HEADER_BYTES;
                room -= InlineSegment.HEADER_BYTES;
            }
            int piece = Math.min(left, room);
            end += piece;
            left -= piece;
        }
        return end;
    }
}
