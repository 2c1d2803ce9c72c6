package org.legoos.kernel.drivers.mlx4;

import java.lang.foreign.MemorySegment;
import org.legoos.kernel.ib.WcOpcode;
import org.legoos.kernel.ib.WcStatus;
import org.legoos.kernel.ib.WorkCompletion;
import org.legoos.mlx4.prm.CqEntry;
import org.legoos.mlx4.prm.Syndrome;
import org.legoos.mlx4.prm.WqeOpcode;

/** Turns CQEs into work completions (mlx4_ib_poll_one). */
final class Completions {
    private Completions() {}

    /** @return false for an entry whose QP is gone */
    static boolean take(MemorySegment memory, long cqe, Mlx4Device device, WorkCompletion to) {
        int qpn = CqEntry.QPN.get(memory, cqe);
        Mlx4Qp qp = device.qp(qpn);
        if (qp == null) {
            return false;
        }
        boolean isSend = CqEntry.IS_SEND.isSet(memory, cqe);
        to.qpn = qpn;
        to.workRequestId = isSend ? qp.sendDone(CqEntry.WQE_INDEX.get(memory, cqe)) : qp.receiveDone(CqEntry.WQE_INDEX.get(memory, cqe));
        decode(memory, cqe, isSend, to);
        return true;
    }

    /** Everything that the entry itself says. */
    static void decode(MemorySegment memory, long cqe, boolean isSend, WorkCompletion to) {
        int opcode = CqEntry.OPCODE.get(memory, cqe);
        to.hasImmediate = false;
        to.invalidatedKey = 0;
        to.hasGrh = false;
        to.vendorError = 0;
        if (opcode == CqEntry.OP_ERROR) {
            to.status = status(CqEntry.SYNDROME.get(memory, cqe));
            to.vendorError = CqEntry.VENDOR_SYNDROME.get(memory, cqe);
            to.opcode = isSend ? WcOpcode.SEND : WcOpcode.RECV;
            to.lengthBytes = 0;
        } else {
            to.status = WcStatus.SUCCESS;
            to.lengthBytes = CqEntry.BYTE_COUNT.get(memory, cqe);
            if (isSend) {
                to.opcode = sendOpcode(opcode);
            } else {
                receive(memory, cqe, opcode, to);
            }
        }
    }

    private static void receive(MemorySegment memory, long cqe, int opcode, WorkCompletion to) {
        to.opcode = opcode == CqEntry.OP_RECV_WRITE_IMM ? WcOpcode.RECV_RDMA_WITH_IMM : WcOpcode.RECV;
        to.hasImmediate = opcode == CqEntry.OP_RECV_WRITE_IMM || opcode == CqEntry.OP_RECV_SEND_IMM;
        to.immediate = to.hasImmediate ? CqEntry.IMMEDIATE.get(memory, cqe) : 0;
        to.invalidatedKey = opcode == CqEntry.OP_RECV_SEND_INVAL ? CqEntry.IMMEDIATE.get(memory, cqe) : 0;
        to.sourceQpn = CqEntry.REMOTE_QPN.get(memory, cqe);
        to.sourceLid = CqEntry.REMOTE_LID.get(memory, cqe);
        to.pkeyIndex = CqEntry.P_KEY_INDEX.get(memory, cqe);
        to.hasGrh = CqEntry.GRH.isSet(memory, cqe);
    }

    private static WcOpcode sendOpcode(int opcode) {
        return switch (opcode) {
            case WqeOpcode.RDMA_WRITE, WqeOpcode.RDMA_WRITE_IMM -> WcOpcode.RDMA_WRITE;
            case WqeOpcode.RDMA_READ -> WcOpcode.RDMA_READ;
            case WqeOpcode.ATOMIC_CS, WqeOpcode.MASKED_ATOMIC_CS -> WcOpcode.COMP_SWAP;
            case WqeOpcode.ATOMIC_FA, WqeOpcode.MASKED_ATOMIC_FA -> WcOpcode.FETCH_ADD;
            case WqeOpcode.BIND_MW -> WcOpcode.BIND_MW;
            case WqeOpcode.FAST_REG -> WcOpcode.REG_MR;
            case WqeOpcode.LOCAL_INVAL -> WcOpcode.LOCAL_INV;
            default -> WcOpcode.SEND;
        };
    }

    static WcStatus status(int syndrome) {
        return switch (syndrome) {
            case Syndrome.LOCAL_LENGTH -> WcStatus.LOC_LEN_ERR;
            case Syndrome.LOCAL_QP_OP -> WcStatus.LOC_QP_OP_ERR;
            case Syndrome.LOCAL_PROT -> WcStatus.LOC_PROT_ERR;
            case Syndrome.WR_FLUSH -> WcStatus.WR_FLUSH_ERR;
            case Syndrome.MW_BIND -> WcStatus.MW_BIND_ERR;
            case Syndrome.BAD_RESP -> WcStatus.BAD_RESP_ERR;
            case Syndrome.LOCAL_ACCESS -> WcStatus.LOC_ACCESS_ERR;
            case Syndrome.REMOTE_INVAL_REQ -> WcStatus.REM_INV_REQ_ERR;
            case Syndrome.REMOTE_ACCESS -> WcStatus.REM_ACCESS_ERR;
            case Syndrome.REMOTE_OP -> WcStatus.REM_OP_ERR;
            case Syndrome.TRANSPORT_RETRY_EXC -> WcStatus.RETRY_EXC_ERR;
            case Syndrome.RNR_RETRY_EXC -> WcStatus.RNR_RETRY_EXC_ERR;
            case Syndrome.REMOTE_ABORTED -> WcStatus.REM_ABORT_ERR;
            default -> WcStatus.GENERAL_ERR;
        };
    }
}
