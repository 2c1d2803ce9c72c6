package org.legoos.mlx4.hca;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.legoos.mlx4.hca.HcaCounters.Kind;
import org.legoos.mlx4.prm.AddressVector;
import org.legoos.mlx4.prm.AtomicSegment;
import org.legoos.mlx4.prm.BindSegment;
import org.legoos.mlx4.prm.CtrlSegment;
import org.legoos.mlx4.prm.DataSegment;
import org.legoos.mlx4.prm.DatagramSegment;
import org.legoos.mlx4.prm.FastRegSegment;
import org.legoos.mlx4.prm.InlineSegment;
import org.legoos.mlx4.prm.LocalInvalSegment;
import org.legoos.mlx4.prm.MlxCtrlSegment;
import org.legoos.mlx4.prm.RemoteAddrSegment;
import org.legoos.mlx4.prm.ServiceType;
import org.legoos.mlx4.prm.WqeOpcode;
import org.legoos.mlx4.transport.Operation;
import org.legoos.mlx4.transport.SendRequest;
import org.legoos.mlx4.transport.Status;

/** Turns a copied send WQE into a request of the transport. Whatever is in it, it stays within its own size. */
final class WqeParser {
    private static final int SEGMENT_UNIT_BYTES = 16;
    private static final int ATOMIC_BYTES = 8;

    private final HcaCounters counters;

    WqeParser(HcaCounters counters) {
        this.counters = counters;
    }

    /** Fills the request; the result is OK or why the WQE cannot be executed. */
    Status parse(MemorySegment wqe, int serviceType, SendRequest into) {
        if (serviceType == ServiceType.MLX) {
            return management(wqe, into);
        }
        int sizeBytes = CtrlSegment.DS.get(wqe, 0) * SEGMENT_UNIT_BYTES;
        int opcode = CtrlSegment.OPCODE.get(wqe, 0);
        into.hostOpcode = opcode;
        into.signaled = CtrlSegment.CQ_UPDATE.get(wqe, 0) == CtrlSegment.CQ_UPDATE_ALWAYS;
        into.solicited = CtrlSegment.SOLICITED.isSet(wqe, 0);
        into.fence = CtrlSegment.FENCE.isSet(wqe, 0);
        into.immediate = CtrlSegment.IMMEDIATE.get(wqe, 0);
        Operation operation = operation(opcode, serviceType);
        if (operation == null) {
            counters.count(Kind.UNSUPPORTED_WQE, opcode);
            return Status.LOCAL_QP_OPERATION;
        }
        into.operation = operation;
        into.xrcSrqn = serviceType == ServiceType.XRC ? CtrlSegment.XRC_SRQN.get(wqe, 0) : 0;
        if (operation == Operation.LOCAL) {
            return local(wqe, opcode, sizeBytes, into);
        }
        int at = serviceType == ServiceType.UD
                ? datagram(wqe, sizeBytes, into)
                : remote(wqe, sizeBytes, into);
        Status status = at > sizeBytes ? Status.LOCAL_QP_OPERATION : data(wqe, at, sizeBytes, into);
        if (status == Status.OK && operation.isAtomic() && into.data.lengthBytes() != ATOMIC_BYTES) {
            status = Status.LOCAL_LENGTH;
        }
        if (status == Status.OK && operation.hasResponse() && into.data.hasInline()) {
            status = Status.LOCAL_QP_OPERATION; // nowhere to put the response
        }
        if (status != Status.OK) {
            counters.count(Kind.BAD_WQE, opcode);
        }
        return status;
    }

    /** Keeps the segment of an operation on keys until its turn comes. */
    private Status local(MemorySegment wqe, int opcode, int sizeBytes, SendRequest into) {
        int segmentBytes = switch (opcode) {
            case WqeOpcode.BIND_MW -> BindSegment.SIZE_BYTES;
            case WqeOpcode.FAST_REG -> FastRegSegment.SIZE_BYTES;
            case WqeOpcode.LOCAL_INVAL -> LocalInvalSegment.SIZE_BYTES;
            default -> 0;
        };
        if (CtrlSegment.SIZE_BYTES + segmentBytes > sizeBytes) {
            counters.count(Kind.BAD_WQE, opcode);
            return Status.LOCAL_QP_OPERATION;
        }
        if (segmentBytes > 0) {
            into.strongOrder = true;
            MemorySegment.copy(wqe, CtrlSegment.SIZE_BYTES, into.hostSegment(), 0, segmentBytes);
        }
        return Status.OK;
    }

    /** A management packet: its headers are the first of the data (PRM 6.3). */
    private Status management(MemorySegment wqe, SendRequest into) {
        int opcode = MlxCtrlSegment.OPCODE.get(wqe, 0);
        into.hostOpcode = opcode;
        into.signaled = MlxCtrlSegment.CQ_UPDATE.get(wqe, 0) == CtrlSegment.CQ_UPDATE_ALWAYS;
        if (opcode == WqeOpcode.NOP) {
            into.operation = Operation.LOCAL;
            return Status.OK;
        }
        if (opcode != WqeOpcode.SEND) {
            counters.count(Kind.UNSUPPORTED_WQE, opcode);
            return Status.LOCAL_QP_OPERATION;
        }
        into.operation = Operation.SEND;
        into.managementLane = MlxCtrlSegment.VL15.isSet(wqe, 0);
        into.keepSourceLid = MlxCtrlSegment.SLR.isSet(wqe, 0);
        into.address.forceLoopback = MlxCtrlSegment.FORCE_LOOPBACK.isSet(wqe, 0);
        int sizeBytes = MlxCtrlSegment.DS.get(wqe, 0) * SEGMENT_UNIT_BYTES;
        Status status = data(wqe, MlxCtrlSegment.SIZE_BYTES, sizeBytes, into);
        if (status != Status.OK) {
            counters.count(Kind.BAD_WQE, opcode);
        }
        return status;
    }

    /** Null for what the service or this card does not have. */
    private static Operation operation(int opcode, int serviceType) {
        boolean isPlainRc = serviceType == ServiceType.RC;
        boolean isRc = isPlainRc || serviceType == ServiceType.XRC;
        boolean isConnected = isRc || serviceType == ServiceType.UC;
        return switch (opcode) {
            case WqeOpcode.NOP -> Operation.LOCAL;
            case WqeOpcode.BIND_MW, WqeOpcode.FAST_REG, WqeOpcode.LOCAL_INVAL ->
                isConnected ? Operation.LOCAL : null;
            case WqeOpcode.SEND -> Operation.SEND;
            case WqeOpcode.SEND_IMM -> Operation.SEND_IMMEDIATE;
            case WqeOpcode.SEND_INVAL -> isRc ? Operation.SEND_INVALIDATE : null;
            case WqeOpcode.RDMA_WRITE -> isConnected ? Operation.WRITE : null;
            case WqeOpcode.RDMA_WRITE_IMM -> isConnected ? Operation.WRITE_IMMEDIATE : null;
            case WqeOpcode.RDMA_READ -> isRc ? Operation.READ : null;
            case WqeOpcode.ATOMIC_CS -> isRc ? Operation.COMPARE_SWAP : null;
            case WqeOpcode.ATOMIC_FA -> isRc ? Operation.FETCH_ADD : null;
            case WqeOpcode.MASKED_ATOMIC_CS -> isPlainRc ? Operation.MASKED_COMPARE_SWAP : null;
            case WqeOpcode.MASKED_ATOMIC_FA -> isPlainRc ? Operation.MASKED_FETCH_ADD : null;
            default -> null; // large send
        };
    }

    /** Reads the segments between control and data of a connected service; returns where the data begin. */
    private static int remote(MemorySegment wqe, int sizeBytes, SendRequest into) {
        int at = CtrlSegment.SIZE_BYTES;
        if (into.operation.isSend()) {
            return at;
        }
        if (at + RemoteAddrSegment.SIZE_BYTES > sizeBytes) {
            return sizeBytes + 1;
        }
        into.remoteVa = RemoteAddrSegment.ADDRESS.get(wqe, at);
        into.remoteKey = RemoteAddrSegment.RKEY.get(wqe, at);
        at += RemoteAddrSegment.SIZE_BYTES;
        if (!into.operation.isAtomic()) {
            return at;
        }
        boolean hasMasks = into.operation == Operation.MASKED_COMPARE_SWAP;
        int segmentBytes = hasMasks ? AtomicSegment.MASKED_SIZE_BYTES : AtomicSegment.SIZE_BYTES;
        if (at + segmentBytes > sizeBytes) {
            return sizeBytes + 1;
        }
        into.swapOrAdd = AtomicSegment.SWAP_ADD.get(wqe, at);
        into.compare = AtomicSegment.COMPARE.get(wqe, at);
        if (hasMasks) {
            into.swapOrAddMask = AtomicSegment.SWAP_ADD_MASK.get(wqe, at);
            into.compareMask = AtomicSegment.COMPARE_MASK.get(wqe, at);
        } else {
            into.swapOrAddMask = into.compare; // a masked FetchAdd has its field boundaries there
        }
        return at + segmentBytes;
    }

    private static int datagram(MemorySegment wqe, int sizeBytes, SendRequest into) {
        int at = CtrlSegment.SIZE_BYTES;
        if (at + DatagramSegment.SIZE_BYTES > sizeBytes) {
            return sizeBytes + 1;
        }
        into.address.dlid = AddressVector.REMOTE_LID.get(wqe, at);
        into.address.pathBits = AddressVector.MY_LID_PATH_BITS.get(wqe, at);
        into.address.serviceLevel = AddressVector.SL.get(wqe, at);
        into.address.forceLoopback = AddressVector.FORCE_LOOPBACK.isSet(wqe, at);
        into.address.global = AddressVector.GRH.isSet(wqe, at);
        into.address.trafficClass = AddressVector.TRAFFIC_CLASS.get(wqe, at);
        into.address.flowLabel = AddressVector.FLOW_LABEL.get(wqe, at);
        into.address.hopLimit = AddressVector.HOP_LIMIT.get(wqe, at);
        into.address.dgidHigh = AddressVector.REMOTE_GID_HI.get(wqe, at);
        into.address.dgidLow = AddressVector.REMOTE_GID_LO.get(wqe, at);
        into.hostCookie = AddressVector.MY_GID_INDEX.get(wqe, at);
        into.remoteQpn = DatagramSegment.DEST_QPN.get(wqe, at);
        into.qKey = DatagramSegment.QKEY.get(wqe, at);
        return at + DatagramSegment.SIZE_BYTES;
    }

    private static Status data(MemorySegment wqe, int from, int sizeBytes, SendRequest into) {
        int at = from;
        while (at < sizeBytes) {
            int word = DataSegment.COUNT_WORD.get(wqe, at);
            if (InlineSegment.INLINE.of(word) != 0) {
                int count = InlineSegment.BYTE_COUNT.of(word);
                int dataAt = at + InlineSegment.HEADER_BYTES;
                if (dataAt + count > sizeBytes) {
                    return Status.LOCAL_LENGTH;
                }
                if (count > 0 && !inline(wqe, dataAt, count, into)) {
                    return Status.LOCAL_QP_OPERATION;
                }
                at = dataAt + count + SEGMENT_UNIT_BYTES - 1 & -SEGMENT_UNIT_BYTES;
                continue;
            }
            int count = DataSegment.BYTE_COUNT.of(word);
            if (count != 0 && !into.data.add(
                    DataSegment.LKEY.get(wqe, at), DataSegment.ADDRESS.get(wqe, at), count)) {
                return Status.LOCAL_QP_OPERATION;
            }
            at += DataSegment.SIZE_BYTES;
        }
        return Status.OK;
    }

    private static boolean inline(MemorySegment wqe, int at, int count, SendRequest into) {
        int to = into.data.addInline(count);
        if (to < 0) {
            return false;
        }
        MemorySegment.copy(wqe, ValueLayout.JAVA_BYTE, at, into.data.inlineBytes(), to, count);
        return true;
    }
}
