package org.legoos.managers.memory;

import java.lang.foreign.MemorySegment;
import org.legoos.fit.Incoming;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.memory.vm.MapCalls;
import org.legoos.managers.memory.vm.MappedFile;
import org.legoos.managers.memory.vm.MmStruct;
import org.legoos.managers.memory.vm.Mremap;
import org.legoos.managers.memory.vm.VmFlags;
import org.legoos.managers.rpc.FileTransfer;
import org.legoos.managers.rpc.MessageReader;
import org.legoos.managers.rpc.MmapRequest;
import org.legoos.managers.rpc.MremapRequest;
import org.legoos.managers.rpc.Opcode;
import org.legoos.managers.rpc.RangeRequest;

/**
 * P2M_MMAP, MUNMAP, BRK, MREMAP, MPROTECT, MADVISE and MSYNC (handle_mmap.c in the original). Small ones are done
 * where they arrive; those that touch many pages or a path go to a worker: the methods then return false.
 */
final class VmHandler {
    /** More than this is not done on the polling thread. */
    private static final long MAX_INLINE_BYTES = 1 << 20;

    private final MemoryNode node;
    private final MemorySegment ram;

    VmHandler(MemoryNode node) {
        this.node = node;
        this.ram = node.memory.segment();
    }

    /** @return false when the message must go to a worker */
    boolean mmap(Incoming message, boolean onWorker) {
        long at = message.messagePa;
        if (message.lengthBytes < MmapRequest.SIZE_BYTES + Short.BYTES) {
            return bad(message);
        }
        boolean isAnonymous = message.lengthBytes == MmapRequest.SIZE_BYTES + Short.BYTES;
        boolean replaces = (MmapRequest.FLAGS.get(ram, at) & VmFlags.MAP_FIXED) != 0;
        boolean isShort = Long.compareUnsigned(MmapRequest.LENGTH.get(ram, at), MAX_INLINE_BYTES) <= 0;
        if (!onWorker && (!isAnonymous || replaces && !isShort)) {
            return false;
        }
        MappedFile file = null;
        if (!isAnonymous) {
            String path = new MessageReader()
                    .reset(ram, at, MmapRequest.SIZE_BYTES, message.lengthBytes)
                    .string(FileTransfer.MAX_PATH_BYTES);
            if (path == null) {
                return bad(message);
            }
            FileStore.Found found = node.files.find(MmapRequest.VNODE.get(ram, at), path, false);
            if (found.errno() != 0) {
                node.reply(message, found.errno() == -Errno.EISDIR ? -Errno.ENODEV : found.errno());
                return true;
            }
            file = found.mapped();
        }
        try {
            return mmap(message, at, file, onWorker);
        } finally {
            if (file != null) {
                file.release();
            }
        }
    }

    private boolean mmap(Incoming message, long at, MappedFile file, boolean onWorker) {
        Task task = node.tasks.find(message.node, MmapRequest.PID.get(ram, at));
        if (task == null) {
            return noTask(message);
        }
        MmStruct mm = task.mm();
        if (!acquire(mm, onWorker)) {
            return false;
        }
        long result;
        try {
            result = mm.isDead() ? -Errno.ESRCH : MapCalls.mmap(
                    mm,
                    MmapRequest.ADDRESS.get(ram, at),
                    MmapRequest.LENGTH.get(ram, at),
                    MmapRequest.PROT.get(ram, at),
                    MmapRequest.FLAGS.get(ram, at),
                    file,
                    MmapRequest.FILE_OFFSET.get(ram, at));
        } finally {
            mm.unlock();
        }
        node.counters.mmap.increment();
        node.replyValue(message, result);
        return true;
    }

    boolean mremap(Incoming message, boolean onWorker) {
        long at = message.messagePa;
        if (message.lengthBytes != MremapRequest.SIZE_BYTES) {
            return bad(message);
        }
        if (!onWorker && isLong(MremapRequest.OLD_LENGTH.get(ram, at))) {
            return false;
        }
        Task task = node.tasks.find(message.node, MremapRequest.PID.get(ram, at));
        if (task == null) {
            return noTask(message);
        }
        MmStruct mm = task.mm();
        if (!acquire(mm, onWorker)) {
            return false;
        }
        long result;
        try {
            result = mm.isDead() ? -Errno.ESRCH : Mremap.mremap(
                    mm,
                    MremapRequest.OLD_ADDRESS.get(ram, at),
                    MremapRequest.OLD_LENGTH.get(ram, at),
                    MremapRequest.NEW_LENGTH.get(ram, at),
                    MremapRequest.FLAGS.get(ram, at),
                    MremapRequest.NEW_ADDRESS.get(ram, at));
        } finally {
            mm.unlock();
        }
        node.counters.mremap.increment();
        node.replyValue(message, result);
        return true;
    }

    /** MUNMAP, MPROTECT, MADVISE, MSYNC, BRK. */
    boolean range(int opcode, Incoming message, boolean onWorker) {
        long at = message.messagePa;
        if (message.lengthBytes != RangeRequest.SIZE_BYTES) {
            return bad(message);
        }
        Task task = node.tasks.find(message.node, RangeRequest.PID.get(ram, at));
        if (task == null) {
            return noTask(message);
        }
        MmStruct mm = task.mm();
        if (!onWorker && isLong(opcode, mm, at) || !acquire(mm, onWorker)) {
            return false;
        }
        long result;
        try {
            result = mm.isDead() ? -Errno.ESRCH : call(opcode, mm, at);
        } finally {
            mm.unlock();
        }
        node.replyValue(message, result);
        return true;
    }

    private boolean isLong(int opcode, MmStruct mm, long at) {
        return switch (opcode) {
            case Opcode.P2M_MUNMAP, Opcode.P2M_MADVISE -> isLong(RangeRequest.LENGTH.get(ram, at));
            case Opcode.P2M_BRK -> {
                long addressVa = RangeRequest.ADDRESS.get(ram, at);
                yield addressVa > 0 && addressVa < mm.brkVa() && isLong(mm.brkVa() - addressVa);
            }
            default -> false;
        };
    }

    private static boolean isLong(long lengthBytes) {
        return Long.compareUnsigned(lengthBytes, MAX_INLINE_BYTES) > 0;
    }

    private long call(int opcode, MmStruct mm, long at) {
        long va = RangeRequest.ADDRESS.get(ram, at);
        long length = RangeRequest.LENGTH.get(ram, at);
        int argument = RangeRequest.ARGUMENT.get(ram, at);
        return switch (opcode) {
            case Opcode.P2M_MUNMAP -> {
                node.counters.munmap.increment();
                yield MapCalls.munmap(mm, va, length);
            }
            case Opcode.P2M_MPROTECT -> {
                node.counters.mprotect.increment();
                yield MapCalls.mprotect(mm, va, length, argument);
            }
            case Opcode.P2M_MADVISE -> {
                node.counters.madvise.increment();
                yield MapCalls.madvise(mm, va, length, argument);
            }
            case Opcode.P2M_MSYNC -> {
                node.counters.msync.increment();
                yield MapCalls.msync(mm, va, length, argument);
            }
            case Opcode.P2M_BRK -> {
                node.counters.brk.increment();
                yield MapCalls.brk(mm, va);
            }
            default -> -Errno.ENOSYS;
        };
    }

    private boolean acquire(MmStruct mm, boolean onWorker) {
        if (!onWorker) {
            return mm.tryLock();
        }
        mm.lock();
        return true;
    }

    private boolean bad(Incoming message) {
        node.counters.badMessage.increment();
        node.reply(message, -Errno.EINVAL);
        return true;
    }

    private boolean noTask(Incoming message) {
        node.reply(message, -Errno.ESRCH);
        return true;
    }
}
