package org.legoos.kernel.drivers.mlx4;

import java.lang.foreign.MemorySegment;
import org.legoos.kernel.ib.SendWorkRequest;
import org.legoos.mlx4.prm.CtrlSegment;
import org.legoos.mlx4.prm.DataSegment;
import org.legoos.mlx4.prm.InlineSegment;
import org.legoos.mlx4.prm.MlxCtrlSegment;
import org.legoos.mlx4.prm.UdHeader;

/**
 * Writes send WQEs of queue pair 1, where software makes the packet's headers (mlx4_ib's build_mlx_header): they are inline data,
 * the datagram follows by reference, then four bytes inline that the card overwrites with the ICRC.
 */
final class MadWqe {
    private static final int UNIT_BYTES = 16;
    private static final int HEADER_AT = MlxCtrlSegment.SIZE_BYTES;
    private static final int DATA_AT = HEADER_AT + InlineSegment.HEADER_BYTES + UdHeader.SIZE_BYTES;
    private static final int ICRC_AT = DATA_AT + DataSegment.SIZE_BYTES;
    private static final int END = ICRC_AT + UNIT_BYTES;
    /** What a WQE needs beside its control segment and one data segment. */
    static final int OVERHEAD_BYTES = END - MlxCtrlSegment.SIZE_BYTES - DataSegment.SIZE_BYTES;
    private static final int GSI_QPN = 1;

    private MadWqe() {}

    /** All of the WQE but its first word. */
    static void write(MemorySegment memory, long wqe, SendWorkRequest request, int psn) {
        long header = wqe + HEADER_AT + InlineSegment.HEADER_BYTES;
        for (int word = 0; word < UdHeader.SIZE_BYTES; word += Integer.BYTES) {
            WireWords.put(memory, header + word, 0);
        }
        int lengthBytes = request.sgeLengthBytes[0];
        UdHeader.LNH.set(memory, header, UdHeader.LNH_IBA_LOCAL);
        UdHeader.DLID.set(memory, header, request.remoteLid);
        UdHeader.LENGTH_WORDS.set(memory, header, (UdHeader.SIZE_BYTES + lengthBytes + UdHeader.ICRC_BYTES) / Integer.BYTES);
        UdHeader.OPCODE.set(memory, header, UdHeader.OPCODE_UD_SEND_ONLY);
        UdHeader.SOLICITED.set(memory, header, request.solicited ? 1 : 0);
        UdHeader.P_KEY.set(memory, header, request.pkey);
        UdHeader.DEST_QPN.set(memory, header, request.remoteQpn);
        UdHeader.PSN.set(memory, header, psn);
        UdHeader.Q_KEY.set(memory, header, request.remoteQkey);
        UdHeader.SOURCE_QPN.set(memory, header, GSI_QPN);
        inline(memory, wqe + HEADER_AT, UdHeader.SIZE_BYTES);
        DataSegment.LKEY.set(memory, wqe + DATA_AT, request.sgeLocalKey[0]);
        DataSegment.ADDRESS.set(memory, wqe + DATA_AT, request.sgeAddress[0]);
        WireWords.publish(memory, wqe + DATA_AT, lengthBytes);
        WireWords.put(memory, wqe + ICRC_AT + InlineSegment.HEADER_BYTES, 0);
        inline(memory, wqe + ICRC_AT, UdHeader.ICRC_BYTES);
        WireWords.put(memory, wqe + MlxCtrlSegment.DS.byteOffset(), MlxCtrlSegment.DS.of0(END / UNIT_BYTES));
        WireWords.put(memory, wqe + MlxCtrlSegment.CQ_UPDATE.byteOffset(),
                MlxCtrlSegment.CQ_UPDATE.of0(request.signaled ? CtrlSegment.CQ_UPDATE_ALWAYS : 0));
        WireWords.put(memory, wqe + MlxCtrlSegment.DLID.byteOffset(), MlxCtrlSegment.DLID.of0(request.remoteLid));
    }

    private static void inline(MemorySegment memory, long at, int bytes) {
        WireWords.publish(memory, at, InlineSegment.INLINE.of0(1) | InlineSegment.BYTE_COUNT.of0(bytes));
    }
}
