package org.legoos.managers.processor.mm;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.legoos.fit.Incoming;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.kernel.boot.Kernel;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.memory.UserFrames;
import org.legoos.managers.memory.vm.MapCalls;
import org.legoos.managers.memory.vm.MappedFile;
import org.legoos.managers.memory.vm.MmStruct;
import org.legoos.managers.memory.vm.Mremap;
import org.legoos.managers.memory.vm.Vma;
import org.legoos.managers.rpc.Header;
import org.legoos.managers.rpc.LoopbackCluster;
import org.legoos.managers.rpc.LoopbackIbapi;
import org.legoos.managers.rpc.MmapRequest;
import org.legoos.managers.rpc.MremapRequest;
import org.legoos.managers.rpc.Opcode;
import org.legoos.managers.rpc.PcacheFlush;
import org.legoos.managers.rpc.PcacheMiss;
import org.legoos.managers.rpc.RangeRequest;
import org.legoos.managers.rpc.RpcPort;
import org.legoos.managers.rpc.StatusReply;

/**
 * A home node for tests: the memory manager's address spaces behind a handler that does the least, counts messages, and fails on
 * demand. Every address space starts with a stack.
 */
final class TestHome {
    static final int NODE = 1;
    static final long STACK_TOP = 0x7fff_ffff_f000L;
    static final long STACK_START = STACK_TOP - 0x21000;
    static final long HEAP_START = 0x60_0000L;

    private final LoopbackIbapi ibapi;
    private final PhysicalMemory memory;
    private final MemorySegment ram;
    private final UserFrames frames;
    private final long zeroPagePa;
    private final long replyPa;
    private final Map<Integer, MmStruct> spaces = new HashMap<>();
    final Map<Integer, Integer> messageCounts = new HashMap<>();
    final List<Long> missed = new ArrayList<>();
    MappedFile file;
    /** Run once, when a flush has arrived but nothing has been done about it. */
    volatile Runnable beforeFlush;

    /** Likewise for a miss. */
    volatile Runnable beforeMiss;
    /** Errno that flushes get, 0 for none. */
    volatile int flushErrno;

    TestHome(LoopbackCluster cluster) {
        Kernel kernel = cluster.kernel(NODE);
        this.ibapi = cluster.ibapi(NODE);
        this.memory = kernel.memory();
        this.ram = memory.segment();
        this.zeroPagePa = kernel.frames().alloc();
        this.replyPa = kernel.frames().alloc();
        this.frames = new UserFrames(kernel.frames());
        ibapi.registerHandler(RpcPort.MEMORY, "memory", this::handle);
    }

    synchronized int count(int opcode) {
        return messageCounts.getOrDefault(opcode, 0);
    }

    synchronized int total() {
        return messageCounts.values().stream().mapToInt(Integer::intValue).sum();
    }

    synchronized int spaceCount() {
        return spaces.size();
    }

    private MmStruct space(int pid) {
        return spaces.computeIfAbsent(pid, unused -> {
            MmStruct mm = MmStruct.create(memory, frames, zeroPagePa, new MmStruct.Layout(STACK_TOP, 8 << 20, 0));
            mm.setBrkStart(HEAP_START);
            int flags = Linux.MAP_PRIVATE | Linux.MAP_ANONYMOUS | Linux.MAP_GROWSDOWN;
            MapCalls.mapFixed(mm, new Vma(STACK_START, STACK_TOP, 3, flags, null, 0, "[stack]"));
            return mm;
        });
    }

    static Range stackRange() {
        int flags = Linux.MAP_PRIVATE | Linux.MAP_ANONYMOUS | Linux.MAP_GROWSDOWN;
        return new Range(STACK_START, STACK_TOP, 3, flags, 0, null, "[stack]");
    }

    private void handle(Incoming message) {
        int opcode = Header.OPCODE.get(ram, message.messagePa);
        Runnable hook = null;
        if (opcode == Opcode.P2M_PCACHE_FLUSH) {
            hook = beforeFlush;
            beforeFlush = null;
        } else if (opcode == Opcode.P2M_PCACHE_MISS) {
            hook = beforeMiss;
            beforeMiss = null;
        }
        if (hook != null) {
            hook.run();
        }
        handleLocked(message);
    }

    private synchronized void handleLocked(Incoming message) {
        long at = message.messagePa;
        int opcode = Header.OPCODE.get(ram, at);
        if (!Header.isSane(ram, at, message.lengthBytes, message.node)) {
            throw new AssertionError("bad header, opcode " + opcode);
        }
        messageCounts.merge(opcode, 1, Integer::sum);
        switch (opcode) {
            case Opcode.P2M_PCACHE_MISS -> miss(message, at);
            case Opcode.P2M_PCACHE_FLUSH -> status(message, -flush(at + PcacheFlush.RECORD_AT));
            case Opcode.P2M_EXIT -> {
                MmStruct mm = spaces.remove(RangeRequest.PID.get(ram, at));
                if (mm != null) {
                    mm.destroy();
                }
                value(message, 0);
            }
            default -> value(message, call(opcode, at));
        }
    }

    private long call(int opcode, long at) {
        MmStruct mm = space(RangeRequest.PID.get(ram, at));
        long address = RangeRequest.ADDRESS.get(ram, at);
        long length = RangeRequest.LENGTH.get(ram, at);
        int argument = RangeRequest.ARGUMENT.get(ram, at);
        return switch (opcode) {
            case Opcode.P2M_MMAP -> MapCalls.mmap(
                    mm,
                    MmapRequest.ADDRESS.get(ram, at),
                    MmapRequest.LENGTH.get(ram, at),
                    MmapRequest.PROT.get(ram, at),
                    MmapRequest.FLAGS.get(ram, at),
                    ram.get(java.lang.foreign.ValueLayout.JAVA_SHORT, at + MmapRequest.SIZE_BYTES) == 0 ? null : file,
                    MmapRequest.FILE_OFFSET.get(ram, at));
            case Opcode.P2M_MREMAP -> Mremap.mremap(
                    mm,
                    MremapRequest.OLD_ADDRESS.get(ram, at),
                    MremapRequest.OLD_LENGTH.get(ram, at),
                    MremapRequest.NEW_LENGTH.get(ram, at),
                    MremapRequest.FLAGS.get(ram, at),
                    MremapRequest.NEW_ADDRESS.get(ram, at));
            case Opcode.P2M_MUNMAP -> MapCalls.munmap(mm, address, length);
            case Opcode.P2M_MPROTECT -> MapCalls.mprotect(mm, address, length, argument);
            case Opcode.P2M_MADVISE -> MapCalls.madvise(mm, address, length, argument);
            case Opcode.P2M_MSYNC -> MapCalls.msync(mm, address, length, argument);
            case Opcode.P2M_BRK -> MapCalls.brk(mm, address);
            default -> -Errno.ENOSYS;
        };
    }

    private void miss(Incoming message, long at) {
        int flushErrno = PcacheMiss.HAS_FLUSH.get(ram, at) != 0 ? flush(at + PcacheMiss.FLUSH_AT) : 0;
        MmStruct mm = space(PcacheMiss.PID.get(ram, at));
        long va = PcacheMiss.MISSING_VA.get(ram, at);
        missed.add(va);
        long page = mm.missPage(va, PcacheMiss.ACCESS.get(ram, at), true);
        if (page < 0) {
            memory.putInt(replyPa, (int) page);
            ibapi.replyMessageWithPrivateBits(message, replyPa, Integer.BYTES, flushErrno);
        } else {
            ibapi.replyMessageWithPrivateBits(message, page, PcacheMiss.LINE_BYTES, flushErrno);
        }
    }

    /** A positive errno or 0. */
    private int flush(long at) {
        if (flushErrno != 0) {
            return flushErrno;
        }
        MmStruct mm = spaces.get(PcacheFlush.PID.get(ram, at));
        long page = mm == null ? -Errno.ESRCH : mm.flushPage(PcacheFlush.USER_VA.get(ram, at), true);
        if (page < 0) {
            return (int) -page;
        }
        memory.copy(at + PcacheFlush.LINE_AT, page, PcacheMiss.LINE_BYTES);
        return 0;
    }

    private void status(Incoming message, int status) {
        memory.putInt(replyPa, status);
        ibapi.replyMessage(message, replyPa, StatusReply.STATUS_BYTES);
    }

    private void value(Incoming message, long result) {
        StatusReply.STATUS.set(ram, replyPa, result < 0 ? (int) result : 0);
        StatusReply.VALUE.set(ram, replyPa, Math.max(result, 0));
        ibapi.replyMessage(message, replyPa, StatusReply.SIZE_BYTES);
    }
}
