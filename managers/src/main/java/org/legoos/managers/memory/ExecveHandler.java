package org.legoos.managers.memory;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.legoos.elf.StackImage;
import org.legoos.fit.Incoming;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.memory.loader.ProgramLoader;
import org.legoos.managers.memory.thpool.Worker;
import org.legoos.managers.memory.vm.Vma;
import org.legoos.managers.memory.vm.VmaSet;
import org.legoos.managers.rpc.ExecveReply;
import org.legoos.managers.rpc.ExecveRequest;
import org.legoos.managers.rpc.FileTransfer;
import org.legoos.managers.rpc.MessageReader;
import org.legoos.managers.rpc.MessageWriter;
import org.legoos.managers.rpc.VmaRecord;

/** P2M_EXECVE: from the message to a task, and the answer with the program's ranges. On a worker. */
final class ExecveHandler {
    private static final int MAX_FLAGS_BYTES = 8192;

    private final MemoryNode node;
    private final MemorySegment ram;
    private final ProgramLoader loader;

    ExecveHandler(MemoryNode node) {
        this.node = node;
        this.ram = node.memory.segment();
        this.loader = new ProgramLoader(node.memory, node.frames, node.zeroPagePa);
    }

    void handle(Incoming message, Worker worker) {
        long at = message.messagePa;
        MessageReader reader = worker.reader.reset(ram, at, ExecveRequest.SIZE_BYTES, message.lengthBytes);
        String path = reader.string(FileTransfer.MAX_PATH_BYTES);
        String execfn = reader.string(FileTransfer.MAX_PATH_BYTES);
        String interpreter = reader.string(FileTransfer.MAX_PATH_BYTES);
        String cpuFlags = reader.string(MAX_FLAGS_BYTES);
        List<byte[]> argv = reader.isBad() ? null : strings(reader, ExecveRequest.ARGC.get(ram, at));
        List<byte[]> envp = argv == null ? null : strings(reader, ExecveRequest.ENVC.get(ram, at));
        if (envp == null || reader.remainingBytes() != 0 || message.maxReplyBytes < ExecveReply.SIZE_BYTES) {
            node.counters.badMessage.increment();
            node.reply(message, -Errno.EINVAL);
            return;
        }
        node.counters.execve.increment();
        int vnode = ExecveRequest.VNODE.get(ram, at);
        FileStore.Found found = node.files.find(vnode, path, true);
        if (found.errno() != 0) {
            fail(message, worker, found.errno(), reason(found.errno()));
            return;
        }
        FileStore.Found interpreterFound =
                interpreter.isEmpty() ? FileStore.Found.NOTHING : node.files.find(vnode, interpreter, true);
        try {
            ProgramLoader.Result result = interpreterFound.errno() != 0
                    ? new ProgramLoader.Result(null, 0, null, interpreterFound.errno(),
                            "its interpreter: " + reason(interpreterFound.errno()))
                    : loader.load(program(at, found, interpreterFound, execfn, cpuFlags, argv, envp));
            if (result.errno() != 0) {
                fail(message, worker, result.errno(), result.reason());
            } else {
                succeed(message, worker, result, found.mapped().path());
            }
        } finally {
            found.mapped().release();
            if (interpreterFound.mapped() != null) {
                interpreterFound.mapped().release();
            }
        }
    }

    private static String reason(int errno) {
        return switch (-errno) {
            case Errno.ENOENT -> "no such file";
            case Errno.EACCES -> "permission denied";
            case Errno.ENOMEM -> "the memory node has no room for it";
            case Errno.EIO -> "its file cannot be read";
            default -> "";
        };
    }

    private static List<byte[]> strings(MessageReader reader, int count) {
        if (count < 0 || count > reader.remainingBytes() / Integer.BYTES) {
            return null;
        }
        List<byte[]> strings = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] string = reader.longString(Integer.MAX_VALUE);
            if (string == null || contains0(string)) {
                return null;
            }
            strings.add(string);
        }
        return strings;
    }

    private static boolean contains0(byte[] string) {
        for (byte b : string) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }

    private ProgramLoader.Program program(
            long at, FileStore.Found found, FileStore.Found interpreter, String execfn, String cpuFlags, List<byte[]> argv,
            List<byte[]> envp) {
        long low = ExecveRequest.RANDOM_LOW.get(ram, at);
        long high = ExecveRequest.RANDOM_HIGH.get(ram, at);
        byte[] random = ByteBuffer.allocate(2 * Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(low)
                .putLong(high)
                .array();
        StackImage.Identity identity = new StackImage.Identity(
                ExecveRequest.UID.get(ram, at),
                ExecveRequest.EUID.get(ram, at),
                ExecveRequest.GID.get(ram, at),
                ExecveRequest.EGID.get(ram, at),
                ExecveRequest.HWCAP.get(ram, at),
                ExecveRequest.HWCAP2.get(ram, at),
                (ExecveRequest.FLAGS.get(ram, at) & ExecveRequest.SECURE) != 0);
        return new ProgramLoader.Program(
                found.mapped(),
                interpreter.mapped(),
                MessageWriter.bytes(execfn),
                argv,
                envp,
                identity,
                new HashSet<>(List.of(cpuFlags.split(" +"))),
                ExecveRequest.STACK_LIMIT.get(ram, at),
                (ExecveRequest.FLAGS.get(ram, at) & ExecveRequest.RANDOMIZE) != 0,
                random,
                low ^ Long.rotateLeft(high, 17));
    }

    private void fail(Incoming message, Worker worker, int errno, String reason) {
        long at = worker.replyPa();
        node.memory.zero(at, ExecveReply.SIZE_BYTES);
        ExecveReply.STATUS.set(ram, at, errno);
        MessageWriter writer = worker.writer.reset(ram, at, ExecveReply.SIZE_BYTES, room(message));
        writer.string(reason).string("");
        node.sendAndWait(message, at, writer.lengthBytes());
    }

    private static int room(Incoming message) {
        return Math.min(Worker.REPLY_BYTES, message.maxReplyBytes);
    }

    private void succeed(Incoming message, Worker worker, ProgramLoader.Result result, String path) {
        long at = worker.replyPa();
        node.memory.zero(at, ExecveReply.SIZE_BYTES);
        StackImage stack = result.stack();
        VmaSet vmas = result.mm().vmas();
        ExecveReply.VMA_COUNT.set(ram, at, vmas.count());
        ExecveReply.ENTRY_IP.set(ram, at, result.startVa());
        ExecveReply.STACK_POINTER.set(ram, at, stack.stackPointerVa());
        ExecveReply.BRK_START.set(ram, at, result.mm().brkVa());
        ExecveReply.ARG_START.set(ram, at, stack.argStartVa());
        ExecveReply.ARG_END.set(ram, at, stack.argEndVa());
        ExecveReply.ENV_START.set(ram, at, stack.envStartVa());
        ExecveReply.ENV_END.set(ram, at, stack.envEndVa());
        ExecveReply.AUXV_START.set(ram, at, stack.auxvVa());
        ExecveReply.AUXV_BYTES.set(ram, at, stack.auxvBytes());
        MessageWriter writer = worker.writer.reset(ram, at, ExecveReply.SIZE_BYTES, room(message));
        writer.string("").string(path);
        for (int i = 0; i < vmas.count(); i++) {
            write(writer, vmas.get(i));
        }
        if (writer.overflowed()) { // the asker has too little room
            result.mm().destroy();
            node.reply(message, -Errno.ENOMEM);
            return;
        }
        int pid = ExecveRequest.PID.get(ram, message.messagePa);
        node.enter(new Task(message.node, pid, result.mm()));
        node.sendAndWait(message, at, writer.lengthBytes());
    }

    private void write(MessageWriter writer, Vma vma) {
        long recordAt = writer.record(VmaRecord.SIZE_BYTES);
        if (recordAt >= 0) {
            VmaRecord.START.set(ram, recordAt, vma.startVa());
            VmaRecord.END.set(ram, recordAt, vma.endVa());
            VmaRecord.PROT.set(ram, recordAt, vma.prot());
            VmaRecord.FLAGS.set(ram, recordAt, vma.flags());
            VmaRecord.FILE_OFFSET.set(ram, recordAt, vma.fileOffset());
        }
        String name = vma.file() != null ? vma.file().path() : vma.name() != null ? vma.name() : "";
        writer.string(name);
    }
}
