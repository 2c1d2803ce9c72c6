package org.legoos.managers.memory;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.managers.rpc.Caller;
import org.legoos.managers.rpc.ExecveReply;
import org.legoos.managers.rpc.ExecveRequest;
import org.legoos.managers.rpc.FileTransfer;
import org.legoos.managers.rpc.Header;
import org.legoos.managers.rpc.LoopbackCluster;
import org.legoos.managers.rpc.MessageReader;
import org.legoos.managers.rpc.MessageWriter;
import org.legoos.managers.rpc.MmapRequest;
import org.legoos.managers.rpc.Opcode;
import org.legoos.managers.rpc.PathRequest;
import org.legoos.managers.rpc.PcacheFlush;
import org.legoos.managers.rpc.PcacheMiss;
import org.legoos.managers.rpc.ProcessRequest;
import org.legoos.managers.rpc.RangeRequest;
import org.legoos.managers.rpc.RpcPort;
import org.legoos.managers.rpc.StatusReply;
import org.legoos.managers.rpc.VmaRecord;

/** A processor node as tests play it: builds messages, sends them to node 1, and looks at the replies. */
final class MemoryClient {
    static final int MEMORY_NODE = 1;
    private static final int BUFFER_BYTES = 300 * 1024;
    private static final int FRAMES = 128;

    /** One range of an exec reply. */
    record Range(long startVa, long endVa, int prot, int flags, long fileOffset, String name) {}

    /** An exec reply. */
    record Exec(int status, String reason, long entryVa, long stackVa, long brkVa, List<Range> ranges) {}

    private final LoopbackCluster cluster;
    private final int node;
    final PhysicalMemory memory;
    final MemorySegment ram;
    final long requestPa;
    final long replyPa;
    final int[] privateBits = new int[1];
    long value;

    MemoryClient(LoopbackCluster cluster, int node) {
        this.cluster = cluster;
        this.node = node;
        this.memory = cluster.kernel(node).memory();
        this.ram = memory.segment();
        this.requestPa = cluster.kernel(node).frames().allocContiguous(FRAMES);
        this.replyPa = cluster.kernel(node).frames().allocContiguous(FRAMES);
    }

    int send(int port, int opcode, int lengthBytes) {
        Header.write(ram, requestPa, opcode, node, lengthBytes);
        return sendRaw(port, lengthBytes, BUFFER_BYTES);
    }

    int sendRaw(int port, int lengthBytes, int maxReplyBytes) {
        return cluster.ibapi(node).sendReplyTimeoutWithPrivateBits(
                MEMORY_NODE, port, requestPa, lengthBytes, replyPa, maxReplyBytes, 5_000_000_000L, privateBits);
    }

    /** Sends to the memory port; the status, with VALUE in {@link #value}. */
    long status(int port, int opcode, int lengthBytes) {
        int got = send(port, opcode, lengthBytes);
        value = got >= StatusReply.SIZE_BYTES ? StatusReply.VALUE.get(ram, replyPa) : 0;
        return got >= StatusReply.STATUS_BYTES ? StatusReply.STATUS.get(ram, replyPa) : -5;
    }

    /** @return 4096 with the page at replyPa, or a negative errno */
    int miss(int pid, long va, int access) {
        PcacheMiss.PID.set(ram, requestPa, pid);
        PcacheMiss.ACCESS.set(ram, requestPa, access);
        PcacheMiss.MISSING_VA.set(ram, requestPa, va);
        PcacheMiss.HAS_FLUSH.set(ram, requestPa, 0);
        return missReply(send(RpcPort.MEMORY, Opcode.P2M_PCACHE_MISS, PcacheMiss.SIZE_BYTES));
    }

    private int missReply(int got) {
        return got == Integer.BYTES ? memory.getInt(replyPa) : got;
    }

    private void putLine(long recordAt, int pid, long va, int tag) {
        PcacheFlush.PID.set(ram, recordAt, pid);
        PcacheFlush.USER_VA.set(ram, recordAt, va);
        for (int i = 0; i < PcacheMiss.LINE_BYTES; i += 4) {
            memory.putInt(recordAt + PcacheFlush.LINE_AT + i, tag);
        }
    }

    /** Flushes a line full of one number. */
    long flush(int pid, long va, int tag) {
        putLine(requestPa + PcacheFlush.RECORD_AT, pid, va, tag);
        return status(RpcPort.MEMORY, Opcode.P2M_PCACHE_FLUSH, PcacheFlush.SIZE_BYTES);
    }

    int missWithFlush(int pid, long va, int access, int flushPid, long flushVa, int tag) {
        PcacheMiss.PID.set(ram, requestPa, pid);
        PcacheMiss.ACCESS.set(ram, requestPa, access);
        PcacheMiss.MISSING_VA.set(ram, requestPa, va);
        PcacheMiss.HAS_FLUSH.set(ram, requestPa, 1);
        putLine(requestPa + PcacheMiss.FLUSH_AT, flushPid, flushVa, tag);
        return missReply(send(RpcPort.MEMORY, Opcode.P2M_PCACHE_MISS, PcacheMiss.WITH_FLUSH_BYTES));
    }

    long range(int opcode, int pid, long va, long length, int argument) {
        RangeRequest.PID.set(ram, requestPa, pid);
        RangeRequest.ADDRESS.set(ram, requestPa, va);
        RangeRequest.LENGTH.set(ram, requestPa, length);
        RangeRequest.ARGUMENT.set(ram, requestPa, argument);
        return status(RpcPort.MEMORY, opcode, RangeRequest.SIZE_BYTES);
    }

    /** @return an address or a negative errno */
    long mmap(int pid, long va, long length, int prot, int flags, String path, long offset) {
        MmapRequest.PID.set(ram, requestPa, pid);
        MmapRequest.ADDRESS.set(ram, requestPa, va);
        MmapRequest.LENGTH.set(ram, requestPa, length);
        MmapRequest.PROT.set(ram, requestPa, prot);
        MmapRequest.FLAGS.set(ram, requestPa, flags);
        MmapRequest.FILE_OFFSET.set(ram, requestPa, offset);
        MessageWriter writer = new MessageWriter().reset(ram, requestPa, MmapRequest.SIZE_BYTES, BUFFER_BYTES);
        long status = status(RpcPort.MEMORY, Opcode.P2M_MMAP, writer.string(path).lengthBytes());
        return status < 0 ? status : value;
    }

    long process(int opcode, int pid, int argument) {
        ProcessRequest.PID.set(ram, requestPa, pid);
        ProcessRequest.ARGUMENT.set(ram, requestPa, argument);
        return status(RpcPort.MEMORY, opcode, ProcessRequest.SIZE_BYTES);
    }

    Exec exec(int pid, String path, int flags, List<String> argv, List<String> envp) {
        memory.zero(requestPa, ExecveRequest.SIZE_BYTES);
        ExecveRequest.PID.set(ram, requestPa, pid);
        ExecveRequest.FLAGS.set(ram, requestPa, flags);
        ExecveRequest.ARGC.set(ram, requestPa, argv.size());
        ExecveRequest.ENVC.set(ram, requestPa, envp.size());
        ExecveRequest.STACK_LIMIT.set(ram, requestPa, 8 << 20);
        ExecveRequest.RANDOM_LOW.set(ram, requestPa, 0x1122334455667788L);
        ExecveRequest.RANDOM_HIGH.set(ram, requestPa, 42);
        MessageWriter writer = new MessageWriter().reset(ram, requestPa, ExecveRequest.SIZE_BYTES, BUFFER_BYTES);
        writer.string(path).string(path).string("").string("sse sse2");
        argv.forEach(s -> writer.longString(s.getBytes()));
        envp.forEach(s -> writer.longString(s.getBytes()));
        int got = send(RpcPort.MEMORY, Opcode.P2M_EXECVE, writer.lengthBytes());
        if (got < ExecveReply.SIZE_BYTES) {
            return new Exec(memory.getInt(replyPa), "", 0, 0, 0, List.of());
        }
        MessageReader reader = new MessageReader().reset(ram, replyPa, ExecveReply.SIZE_BYTES, got);
        String reason = reader.string(4095);
        reader.string(4095);
        List<Range> ranges = new ArrayList<>();
        for (int i = ExecveReply.VMA_COUNT.get(ram, replyPa); i > 0; i--) {
            long at = reader.record(VmaRecord.SIZE_BYTES);
            ranges.add(new Range(
                    VmaRecord.START.get(ram, at),
                    VmaRecord.END.get(ram, at),
                    VmaRecord.PROT.get(ram, at),
                    VmaRecord.FLAGS.get(ram, at),
                    VmaRecord.FILE_OFFSET.get(ram, at),
                    reader.string(4095)));
        }
        if (reader.isBad() || reader.remainingBytes() != 0) {
            throw new IllegalStateException("malformed reply");
        }
        return new Exec(
                ExecveReply.STATUS.get(ram, replyPa),
                reason,
                ExecveReply.ENTRY_IP.get(ram, replyPa),
                ExecveReply.STACK_POINTER.get(ram, replyPa),
                ExecveReply.BRK_START.get(ram, replyPa),
                ranges);
    }

    long path(int opcode, String path, String path2, int flags, int mode, long argument) {
        return pathAs(0, opcode, path, path2, flags, mode, argument);
    }

    long pathAs(int uid, int opcode, String path, String path2, int flags, int mode, long argument) {
        memory.zero(requestPa, PathRequest.SIZE_BYTES);
        PathRequest.UID.set(ram, requestPa, uid);
        PathRequest.GID.set(ram, requestPa, uid);
        PathRequest.GROUPS.set(ram, requestPa, 0);
        PathRequest.CAPABILITIES.set(ram, requestPa, uid == 0 ? Caller.ALL_CAPABILITIES : 0);
        PathRequest.IS_HOLDER.set(ram, requestPa, 0);
        PathRequest.FLAGS.set(ram, requestPa, flags);
        PathRequest.MODE.set(ram, requestPa, mode);
        PathRequest.VALUE.set(ram, requestPa, argument);
        MessageWriter writer = new MessageWriter().reset(ram, requestPa, PathRequest.SIZE_BYTES, BUFFER_BYTES);
        return status(RpcPort.STORAGE, opcode, writer.string(path).string(path2).lengthBytes());
    }

    private MessageWriter transfer(String path, long offset, int length, int flags) {
        memory.zero(requestPa, FileTransfer.SIZE_BYTES);
        FileTransfer.FILE_OFFSET.set(ram, requestPa, offset);
        FileTransfer.LENGTH.set(ram, requestPa, length);
        FileTransfer.FLAGS.set(ram, requestPa, flags);
        MessageWriter writer = new MessageWriter().reset(ram, requestPa, FileTransfer.SIZE_BYTES, BUFFER_BYTES);
        return writer.string(path);
    }

    long write(String path, long offset, byte[] data, int flags) {
        MessageWriter writer = transfer(path, offset, data.length, flags);
        memory.write(writer.record(data.length), data, 0, data.length);
        return status(RpcPort.MEMORY, Opcode.P2M_WRITE, writer.lengthBytes());
    }

    /** What was read, or null on an error. */
    byte[] read(String path, long offset, int length) {
        privateBits[0] = 0;
        int got = send(RpcPort.MEMORY, Opcode.P2M_READ, transfer(path, offset, length, 0).lengthBytes());
        if (privateBits[0] == FileTransfer.STATUS_ONLY) {
            return StatusReply.STATUS.get(ram, replyPa) < 0 ? null : new byte[0];
        }
        byte[] bytes = new byte[got];
        memory.read(replyPa, bytes, 0, got);
        return bytes;
    }

    byte[] body(int length) {
        byte[] bytes = new byte[length];
        memory.read(replyPa + StatusReply.SIZE_BYTES, bytes, 0, length);
        return bytes;
    }
}
