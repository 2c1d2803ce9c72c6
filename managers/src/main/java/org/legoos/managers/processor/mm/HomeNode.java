package org.legoos.managers.processor.mm;

import java.lang.foreign.MemorySegment;
import org.legoos.fit.Ibapi;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.kernel.mm.FrameAllocator;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.rpc.Header;
import org.legoos.managers.rpc.MessageWriter;
import org.legoos.managers.rpc.MmapRequest;
import org.legoos.managers.rpc.MremapRequest;
import org.legoos.managers.rpc.Opcode;
import org.legoos.managers.rpc.ProcessRequest;
import org.legoos.managers.rpc.RangeRequest;
import org.legoos.managers.rpc.RpcPort;
import org.legoos.managers.rpc.StatusReply;

/**
 * The memory calls of one process as messages to its home node. One call at a time (the address space's lock). Results are as of
 * the system calls: a negative errno, 0 or the value.
 */
final class HomeNode {
    private static final long TIMEOUT_NS = 30_000_000_000L;
    /** Longest path of Linux with what goes before it. */
    private static final int REQUEST_PAGES = 2;

    private final MemorySegment ram;
    private final Ibapi ibapi;
    private final FrameAllocator frames;
    private final int node;
    /** The address space's number in messages (their PID field). */
    private final int number;

    /** Whose files it maps. */
    private final int vnode;

    private final long requestPa;
    private final long replyPa;
    private final MessageWriter writer = new MessageWriter();

    private HomeNode(PhysicalMemory memory, Ibapi ibapi, FrameAllocator frames, int node, int number, int vnode,
            long buffersPa) {
        this.ram = memory.segment();
        this.ibapi = ibapi;
        this.frames = frames;
        this.node = node;
        this.number = number;
        this.vnode = vnode;
        this.requestPa = buffersPa;
        this.replyPa = buffersPa + (long) REQUEST_PAGES * PhysicalMemory.PAGE_SIZE;
    }

    /** Null when there is no memory for the buffers. */
    static HomeNode create(
            PhysicalMemory memory, Ibapi ibapi, FrameAllocator frames, int node, int number, int vnode) {
        long buffersPa = frames.allocContiguous(REQUEST_PAGES + 1);
        return buffersPa == 0 ? null : new HomeNode(memory, ibapi, frames, node, number, vnode, buffersPa);
    }

    void close() {
        frames.freeContiguous(requestPa, REQUEST_PAGES + 1);
    }

    int node() {
        return node;
    }

    long mmap(long addr, long lengthBytes, int prot, int flags, String path, long fileOffset) {
        writer.reset(ram, requestPa, MmapRequest.SIZE_BYTES, REQUEST_PAGES * PhysicalMemory.PAGE_SIZE);
        writer.string(path == null ? "" : path);
        if (writer.overflowed()) {
            return -Errno.ENAMETOOLONG;
        }
        MmapRequest.PID.set(ram, requestPa, number);
        MmapRequest.PROT.set(ram, requestPa, prot);
        MmapRequest.FLAGS.set(ram, requestPa, flags);
        MmapRequest.ADDRESS.set(ram, requestPa, addr);
        MmapRequest.LENGTH.set(ram, requestPa, lengthBytes);
        MmapRequest.FILE_OFFSET.set(ram, requestPa, fileOffset);
        MmapRequest.VNODE.set(ram, requestPa, vnode);
        return call(Opcode.P2M_MMAP, writer.lengthBytes(), true);
    }

    long mremap(long oldAddr, long oldLengthBytes, long newLengthBytes, int flags, long newAddr) {
        MremapRequest.PID.set(ram, requestPa, number);
        MremapRequest.FLAGS.set(ram, requestPa, flags);
        MremapRequest.OLD_ADDRESS.set(ram, requestPa, oldAddr);
        MremapRequest.OLD_LENGTH.set(ram, requestPa, oldLengthBytes);
        MremapRequest.NEW_LENGTH.set(ram, requestPa, newLengthBytes);
        MremapRequest.NEW_ADDRESS.set(ram, requestPa, newAddr);
        return call(Opcode.P2M_MREMAP, MremapRequest.SIZE_BYTES, true);
    }

    /** @param opcode P2M_MUNMAP, P2M_MPROTECT, P2M_MADVISE or P2M_MSYNC; argument see {@link RangeRequest} */
    long onRange(int opcode, long addr, long lengthBytes, int argument) {
        return range(opcode, addr, lengthBytes, argument, false);
    }

    /** The break afterwards. */
    long brk(long addr) {
        return range(Opcode.P2M_BRK, addr, 0, 0, true);
    }

    private long range(int opcode, long addr, long lengthBytes, int argument, boolean givesValue) {
        RangeRequest.PID.set(ram, requestPa, number);
        RangeRequest.ARGUMENT.set(ram, requestPa, argument);
        RangeRequest.ADDRESS.set(ram, requestPa, addr);
        RangeRequest.LENGTH.set(ram, requestPa, lengthBytes);
        return call(opcode, RangeRequest.SIZE_BYTES, givesValue);
    }

    /** Makes this address space there: a copy of another one's ranges and pages, or empty ({@link ProcessRequest#NOBODY}). */
    long forkOf(int parentNumber) {
        ProcessRequest.PID.set(ram, requestPa, number);
        ProcessRequest.ARGUMENT.set(ram, requestPa, parentNumber);
        return call(Opcode.P2M_FORK, ProcessRequest.SIZE_BYTES, false);
    }

    int number() {
        return number;
    }

    /** Tells that the process is gone. */
    long exit() {
        ProcessRequest.PID.set(ram, requestPa, number);
        ProcessRequest.ARGUMENT.set(ram, requestPa, 0);
        return call(Opcode.P2M_EXIT, ProcessRequest.SIZE_BYTES, false);
    }

    private long call(int opcode, int lengthBytes, boolean givesValue) {
        Header.write(ram, requestPa, opcode, ibapi.nodeId(), lengthBytes);
        int got = ibapi.sendReplyTimeout(
                node, RpcPort.MEMORY, requestPa, lengthBytes, replyPa, StatusReply.SIZE_BYTES, TIMEOUT_NS);
        if (got < 0) {
            return got;
        }
        if (got < StatusReply.STATUS_BYTES) {
            return -Errno.EIO;
        }
        int status = StatusReply.STATUS.get(ram, replyPa);
        if (status < 0) {
            return Errno.isError(status) ? status : -Errno.EIO;
        }
        if (!givesValue) {
            return 0;
        }
        long value = got < StatusReply.SIZE_BYTES ? -1 : StatusReply.VALUE.get(ram, replyPa);
        return value < 0 || value > Linux.TASK_SIZE ? -Errno.EIO : value;
    }
}
