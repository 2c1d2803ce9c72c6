package org.legoos.managers.processor.mm;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.legoos.fit.Ibapi;
import org.legoos.isa.cpu.CpuModel;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.kernel.boot.Kernel;
import org.legoos.kernel.sched.CorePool;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.pcache.Pcache;
import org.legoos.managers.processor.pcache.PcacheStat;
import org.legoos.managers.processor.pcache.PcacheSpace;
import org.legoos.managers.rpc.ExecveReply;
import org.legoos.managers.rpc.ExecveRequest;
import org.legoos.managers.rpc.Header;
import org.legoos.managers.rpc.MessageReader;
import org.legoos.managers.rpc.MessageWriter;
import org.legoos.managers.rpc.Opcode;
import org.legoos.managers.rpc.ProcessRequest;
import org.legoos.managers.rpc.RpcPort;
import org.legoos.managers.rpc.StatusReply;
import org.legoos.managers.rpc.VmaRecord;

/** Address spaces of a processor node: execve(2) through P2M_EXECVE to the process's home node. */
public final class ProcessorMm implements AddressSpaces {
    /** A program has room for its arguments, however low RLIMIT_STACK is (_STK_LIM of Linux's exec.c, in spirit). */
    private static final long STACK_BYTES_MIN = 128 << 10;

    private static final long TIMEOUT_NS = 30_000_000_000L;
    private static final int REPLY_BYTES = 64 * 1024;
    private static final int PATH_BYTES_MAX = 4096;
    private static final int REASON_BYTES_MAX = 1024;
    /** What a request takes beside the strings: fixed fields, path and their lengths. */
    private static final int REQUEST_EXTRA_BYTES = 16 * 1024;

    private final Kernel kernel;
    private final PhysicalMemory memory;
    private final MemorySegment ram;
    private final Ibapi ibapi;
    private final Pcache pcache;
    private final String cpuFlags;
    private final long hwcap;
    private final LongSupplier random;
    private final CorePool cores;
    /** Address spaces are numbered once and for all: nothing late of an old one reaches a new one. */
    private final AtomicInteger nextSpace = new AtomicInteger(1);

    /**
     * @param cpu what programs may demand, and AT_HWCAP
     * @param random AT_RANDOM, and layout randomisation when that is on
     */
    public ProcessorMm(Kernel kernel, Ibapi ibapi, Pcache pcache, CpuModel cpu, LongSupplier random) {
        this(kernel, ibapi, pcache, String.join(" ", cpu.flags()), cpu.hwcap(), random);
    }

    /** @param cpuFlags as in /proc/cpuinfo */
    public ProcessorMm(Kernel kernel, Ibapi ibapi, Pcache pcache, String cpuFlags, LongSupplier random) {
        this(kernel, ibapi, pcache, cpuFlags, 0, random);
    }

    private ProcessorMm(
            Kernel kernel, Ibapi ibapi, Pcache pcache, String cpuFlags, long hwcap, LongSupplier random) {
        this.kernel = kernel;
        this.memory = kernel.memory();
        this.ram = memory.segment();
        this.ibapi = ibapi;
        this.pcache = pcache;
        this.cpuFlags = cpuFlags;
        this.hwcap = hwcap;
        this.random = random;
        this.cores = new CorePool(() -> kernel.platform().engine(), memory, kernel.clock(), kernel.processorCount());
    }

    /** The home of new processes. */
    private int homeNode() {
        return kernel.config().integer("DEFAULT_MEM_NODE");
    }

    private int vnode() {
        return kernel.config().integer("VNODE_ID");
    }

    @Override
    public CorePool cores() {
        return cores;
    }

    @Override
    public PcacheStat pcacheStat() {
        return pcache.stat();
    }

    @Override
    public Image exec(
            int pid, ProgramRights rights, String path, String interpreter, String execFn, List<byte[]> argv,
            List<byte[]> envp) {
        long requestBytes = requestBytes(argv) + requestBytes(envp) + REQUEST_EXTRA_BYTES;
        if (requestBytes > Ibapi.MAX_MESSAGE_BYTES) {
            return Image.failed(Errno.E2BIG, "argument list too long");
        }
        int pages = (int) (Linux.pageUp(requestBytes + REPLY_BYTES) / Linux.PAGE_BYTES);
        long buffersPa = kernel.frames().allocContiguous(pages);
        if (buffersPa == 0) {
            return Image.failed(Errno.ENOMEM, "processor node out of memory");
        }
        int number = nextSpace.getAndIncrement();
        long replyPa = buffersPa;
        int length = write(buffersPa + REPLY_BYTES, (int) requestBytes, number, rights, path, interpreter, execFn, argv, envp);
        int got = length < 0
                ? -Errno.E2BIG
                : ibapi.sendReplyTimeout(
                        homeNode(), RpcPort.MEMORY, buffersPa + REPLY_BYTES, length, replyPa, REPLY_BYTES, TIMEOUT_NS);
        Image image = take(pid, number, replyPa, got);
        kernel.frames().freeContiguous(buffersPa, pages);
        return image;
    }

    private static long stackLimit(ProgramRights rights) {
        boolean isLess = Long.compareUnsigned(rights.stackLimitBytes(), Linux.STACK_LIMIT_BYTES) < 0;
        return isLess ? Math.max(STACK_BYTES_MIN, rights.stackLimitBytes()) : Linux.STACK_LIMIT_BYTES;
    }

    private static long requestBytes(List<byte[]> strings) {
        long sum = 0;
        for (byte[] string : strings) {
            sum += string.length + (long) Integer.BYTES;
        }
        return sum;
    }

    /** @return length of the message, or -1 when it does not fit */
    private int write(
            long at, int maxBytes, int number, ProgramRights rights, String path, String interpreter, String execFn, List<byte[]> argv,
            List<byte[]> envp) {
        MessageWriter writer = new MessageWriter().reset(ram, at, ExecveRequest.SIZE_BYTES, maxBytes);
        writer.string(path).string(execFn).string(interpreter).string(cpuFlags);
        argv.forEach(writer::longString);
        envp.forEach(writer::longString);
        if (writer.overflowed()) {
            return -1;
        }
        Header.write(ram, at, Opcode.P2M_EXECVE, ibapi.nodeId(), writer.lengthBytes());
        boolean randomize = kernel.config().bool("RANDOMIZE_VA_SPACE") && rights.isRandomized();
        ExecveRequest.PID.set(ram, at, number);
        ExecveRequest.FLAGS.set(ram, at, (randomize ? ExecveRequest.RANDOMIZE : 0) | (rights.isSecure() ? ExecveRequest.SECURE : 0));
        ExecveRequest.UID.set(ram, at, rights.uid());
        ExecveRequest.EUID.set(ram, at, rights.euid());
        ExecveRequest.GID.set(ram, at, rights.gid());
        ExecveRequest.EGID.set(ram, at, rights.egid());
        ExecveRequest.ARGC.set(ram, at, argv.size());
        ExecveRequest.ENVC.set(ram, at, envp.size());
        ExecveRequest.STACK_LIMIT.set(ram, at, stackLimit(rights));
        ExecveRequest.HWCAP.set(ram, at, hwcap);
        ExecveRequest.HWCAP2.set(ram, at, 0);
        ExecveRequest.VNODE.set(ram, at, vnode());
        ExecveRequest.RANDOM_LOW.set(ram, at, random.getAsLong());
        ExecveRequest.RANDOM_HIGH.set(ram, at, random.getAsLong());
        return writer.lengthBytes();
    }

    private Image take(int pid, int number, long replyPa, int got) {
        int status = got < 0
                ? got
                : got < StatusReply.STATUS_BYTES ? -Errno.EIO : ExecveReply.STATUS.get(ram, replyPa);
        MessageReader reader = new MessageReader().reset(ram, replyPa, ExecveReply.SIZE_BYTES, Math.max(got, 0));
        String reason = reader.string(REASON_BYTES_MAX);
        if (status < 0) {
            String why = reason == null || reason.isEmpty() ? "errno " + -status : reason;
            return Image.failed(-status, why);
        }
        ProcessAddressSpace space = newSpace(pid, number);
        if (space == null) {
            return Image.failed(Errno.ENOMEM, "processor node out of memory");
        }
        if (!takeRanges(space, reader, replyPa)) {
            space.destroy();
            return Image.failed(Errno.EIO, "home node sent a bad answer");
        }
        return new Image(
                0, null, space, ExecveReply.ENTRY_IP.get(ram, replyPa), ExecveReply.STACK_POINTER.get(ram, replyPa));
    }

    @Override
    public AddressSpace fork(AddressSpace parent, int childPid) {
        ProcessAddressSpace child = newSpace(childPid, nextSpace.getAndIncrement());
        if (child != null && ((ProcessAddressSpace) parent).forkInto(child) != 0) {
            child.destroy();
            return null;
        }
        return child;
    }

    @Override
    public SharedMemory newSharedMemory(String name, long sizeBytes) {
        ProcessAddressSpace backing = newSpace(0, nextSpace.getAndIncrement());
        if (backing == null) {
            return null;
        }
        SharedObject object = new SharedObject(backing, name);
        if (backing.home.forkOf(ProcessRequest.NOBODY) != 0 || object.resize(sizeBytes) != 0) {
            object.release();
            return null;
        }
        return object;
    }

    @Override
    public FileMemory newFileMemory(String path, FileMemory.Owner owner) {
        ProcessAddressSpace backing = newSpace(0, nextSpace.getAndIncrement());
        if (backing == null) {
            return null;
        }
        FileObject object = backing.home.forkOf(ProcessRequest.NOBODY) == 0 ? FileObject.create(backing, pcache, path, owner) : null;
        if (object == null) {
            backing.destroy();
        }
        return object;
    }

    /** An empty address space of a process; null without memory. */
    ProcessAddressSpace newSpace(int pid, int number) {
        SpaceTlb tlb = new SpaceTlb(cores);
        HomeNode home = HomeNode.create(memory, ibapi, kernel.frames(), homeNode(), number, vnode());
        PcacheSpace space = home == null ? null : pcache.newSpace(number, homeNode(), tlb);
        if (space == null) {
            if (home != null) {
                home.close();
            }
            return null;
        }
        return new ProcessAddressSpace(this, pcache, space, tlb, home, pid, kernel.log());
    }

    private boolean takeRanges(ProcessAddressSpace space, MessageReader reader, long replyPa) {
        String executable = reader.string(PATH_BYTES_MAX);
        long stackVa = ExecveReply.STACK_POINTER.get(ram, replyPa);
        space.setHeapStart(ExecveReply.BRK_START.get(ram, replyPa));
        int count = ExecveReply.VMA_COUNT.get(ram, replyPa);
        for (int i = 0; i < count; i++) {
            long at = reader.record(VmaRecord.SIZE_BYTES);
            String label = reader.string(PATH_BYTES_MAX);
            if (at < 0 || label == null) {
                return false;
            }
            Range range = range(at, label);
            if (range == null) {
                return false;
            }
            space.change(ranges -> ranges.with(range));
            boolean holdsArguments = stackVa >= range.startVa() && stackVa < range.endVa();
            if (holdsArguments && !space.markRemote(stackVa, range.endVa())) {
                return false;
            }
        }
        return executable != null && !reader.isBad();
    }

    /** A range as the home node describes it; null when that makes no sense. */
    private Range range(long at, String label) {
        long start = VmaRecord.START.get(ram, at);
        long end = VmaRecord.END.get(ram, at);
        boolean isSane = start >= 0 && start < end && end <= Linux.TASK_SIZE + Linux.PAGE_BYTES
                && ((start | end) & (Linux.PAGE_BYTES - 1)) == 0;
        if (!isSane) {
            return null;
        }
        boolean isName = label.isEmpty() || label.startsWith("[");
        return new Range(
                start,
                end,
                VmaRecord.PROT.get(ram, at) & Linux.PROT_ALL,
                VmaRecord.FLAGS.get(ram, at),
                VmaRecord.FILE_OFFSET.get(ram, at),
                isName ? null : label,
                label.isEmpty() || !isName ? null : label);
    }
}
