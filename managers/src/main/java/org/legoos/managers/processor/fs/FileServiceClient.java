package org.legoos.managers.processor.fs;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.legoos.fit.Ibapi;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.kernel.boot.Kernel;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.Credentials;
import org.legoos.managers.rpc.FileTransfer;
import org.legoos.managers.rpc.Header;
import org.legoos.managers.rpc.MessageWriter;
import org.legoos.managers.rpc.Opcode;
import org.legoos.managers.rpc.PathRequest;
import org.legoos.managers.rpc.RpcPort;
import org.legoos.managers.rpc.StatRecord;
import org.legoos.managers.rpc.StatfsRecord;
import org.legoos.managers.rpc.StatusReply;

/**
 * Files by messages: content from the memory node (P2M_READ, P2M_WRITE), names and attributes from the storage
 * node, which in ramfs mode is the memory node too (P2S_*). One client a thread, with its own message buffers.
 * What the peer answers is checked: a count is never more than was asked for.
 */
public class FileServiceClient implements FileService {
    private static final long NS_PER_MS = 1_000_000L;
    /** Largest piece of a transfer: the chunk buffer of a thread. */
    static final int DATA_BYTES = 64 << 10;
    static final int PAGE = PhysicalMemory.PAGE_SIZE;
    static final int REQUEST_PAGES = DATA_BYTES / PAGE + 3; // data, two paths, fixed fields
    private static final int REPLY_PAGES = DATA_BYTES / PAGE + 1;
    static final int REPLY_BYTES = REPLY_PAGES * PAGE;

    private final Kernel kernel;
    final Ibapi ibapi;
    final Credentials credentials;
    final MemorySegment ram;
    private final int memoryNode;
    final int storageNode;
    private final int vnode;
    final long timeoutNs;
    final long requestPa;
    final long replyPa;
    final MessageWriter writer = new MessageWriter();
    long value;
    private int lastErrno;

    /** @param credentials in whose name it asks; read at each call */
    public FileServiceClient(Kernel kernel, Ibapi ibapi, Credentials credentials) {
        this.kernel = kernel;
        this.ibapi = ibapi;
        this.credentials = credentials;
        this.ram = kernel.memory().segment();
        this.memoryNode = kernel.config().integer("DEFAULT_MEM_NODE");
        this.storageNode = kernel.config().integer("DEFAULT_STORAGE_NODE");
        this.vnode = kernel.config().integer("VNODE_ID");
        this.timeoutNs = kernel.config().integer("STORAGE_TIMEOUT_MSEC") * NS_PER_MS;
        this.requestPa = kernel.frames().allocContiguous(REQUEST_PAGES + REPLY_PAGES);
        if (requestPa == 0) {
            throw SysError.of(Errno.ENOMEM);
        }
        this.replyPa = requestPa + (long) REQUEST_PAGES * PAGE;
    }

    @Override
    public void close() {
        kernel.frames().freeContiguous(requestPa, REQUEST_PAGES + REPLY_PAGES);
    }

    /** Fixed fields and strings of a PathRequest. @return false when a name is too long */
    boolean begin(int flags, int mode, long argument, String path, String path2) {
        writer.reset(ram, requestPa, PathRequest.SIZE_BYTES, REQUEST_PAGES * PAGE).string(path).string(path2);
        PathRequest.PID.set(ram, requestPa, 0);
        PathRequest.UID.set(ram, requestPa, credentials.fsuid);
        PathRequest.GID.set(ram, requestPa, credentials.fsgid);
        PathRequest.FLAGS.set(ram, requestPa, flags);
        PathRequest.MODE.set(ram, requestPa, mode);
        PathRequest.VALUE.set(ram, requestPa, argument);
        PathRequest.VNODE.set(ram, requestPa, vnode);
        return !writer.overflowed();
    }

    int path(int opcode, int flags, int mode, long argument, String path, String path2) {
        return begin(flags, mode, argument, path, path2) ? call(opcode, 0) : -Errno.ENAMETOOLONG;
    }

    /** Sends what is in the request buffer. @param bodyBytes least length of what follows a good status */
    int call(int opcode, int bodyBytes) {
        boolean isStorage = opcode >= Opcode.P2S_BASE;
        Header.write(ram, requestPa, opcode, ibapi.nodeId(), writer.lengthBytes());
        int got = ibapi.sendReplyTimeout(isStorage ? storageNode : memoryNode, isStorage ? RpcPort.STORAGE : RpcPort.MEMORY,
                requestPa, writer.lengthBytes(), replyPa, REPLY_BYTES, timeoutNs);
        if (got < StatusReply.STATUS_BYTES) {
            return -Errno.EIO; // what the network says has no name in file calls
        }
        int status = StatusReply.STATUS.get(ram, replyPa);
        if (status < 0) {
            return status >= -Errno.MAX_ERRNO ? status : -Errno.EIO;
        }
        value = got >= StatusReply.SIZE_BYTES ? StatusReply.VALUE.get(ram, replyPa) : 0;
        boolean isShort = bodyBytes > 0 && got < StatusReply.SIZE_BYTES + bodyBytes;
        return isShort ? -Errno.EIO : status;
    }

    /** For replies whose status counts the bytes that follow. @return the count, checked */
    int counted(int opcode, int bytesMax) {
        int status = call(opcode, 0);
        return status > bytesMax ? -Errno.EIO : status;
    }

    long bodyPa() {
        return replyPa + StatusReply.SIZE_BYTES;
    }

    @Override
    public int open(String path, int flags, int mode) {
        return path(Opcode.P2S_OPEN, flags, mode, 0, path, "");
    }

    @Override
    public int open(String path, int flags, int mode, Stat to) {
        if (!begin(flags, mode, 0, path, "")) {
            return -Errno.ENAMETOOLONG;
        }
        int status = call(Opcode.P2S_OPEN, StatRecord.SIZE_BYTES);
        if (status >= 0) {
            take(to, bodyPa());
        }
        return Math.min(0, status);
    }

    @Override
    public int stat(String path, boolean followLink, Stat to) {
        if (!begin(followLink ? PathRequest.FOLLOW : 0, 0, 0, path, "")) {
            return -Errno.ENAMETOOLONG;
        }
        int status = call(Opcode.P2S_STAT, StatRecord.SIZE_BYTES);
        if (status == 0) {
            take(to, bodyPa());
        }
        return status;
    }

    void take(Stat to, long at) {
        to.dev = StatRecord.DEV.get(ram, at);
        to.ino = StatRecord.INO.get(ram, at);
        to.nlink = StatRecord.NLINK.get(ram, at);
        to.rdev = StatRecord.RDEV.get(ram, at);
        to.size = StatRecord.SIZE.get(ram, at);
        to.blocks = StatRecord.BLOCKS.get(ram, at);
        to.atimeNs = StatRecord.ATIME_NS.get(ram, at);
        to.mtimeNs = StatRecord.MTIME_NS.get(ram, at);
        to.ctimeNs = StatRecord.CTIME_NS.get(ram, at);
        to.mode = StatRecord.MODE.get(ram, at);
        to.uid = StatRecord.UID.get(ram, at);
        to.gid = StatRecord.GID.get(ram, at);
        to.btimeNs = StatRecord.BTIME_NS.get(ram, at);
        to.blksize = StatRecord.BLKSIZE.get(ram, at);
    }

    void beginTransfer(String path, int flags, long offset, int lengthBytes) {
        writer.reset(ram, requestPa, FileTransfer.SIZE_BYTES, REQUEST_PAGES * PAGE).string(path);
        FileTransfer.PID.set(ram, requestPa, 0);
        FileTransfer.UID.set(ram, requestPa, credentials.fsuid);
        FileTransfer.FLAGS.set(ram, requestPa, flags);
        FileTransfer.LENGTH.set(ram, requestPa, lengthBytes);
        FileTransfer.FILE_OFFSET.set(ram, requestPa, offset);
        FileTransfer.VNODE.set(ram, requestPa, vnode);
    }

    @Override
    public int read(String path, long fileOffset, long toPa, int lengthBytes) {
        return read(path, fileOffset, ram, toPa, lengthBytes);
    }

    @Override
    public int read(String path, long fileOffset, MemorySegment to, long at, int lengthBytes) {
        int length = Math.min(lengthBytes, DATA_BYTES);
        beginTransfer(path, 0, fileOffset, length);
        if (writer.overflowed()) {
            return -Errno.ENAMETOOLONG;
        }
        int done = counted(Opcode.P2M_READ, length);
        if (done > 0) {
            MemorySegment.copy(ram, bodyPa(), to, at, done);
        }
        return done;
    }

    @Override
    public int write(String path, long fileOffset, boolean append, MemorySegment from, long at, int lengthBytes) {
        int length = Math.min(lengthBytes, DATA_BYTES);
        beginTransfer(path, append ? FileTransfer.APPEND : 0, fileOffset, length);
        long dataPa = writer.record(length);
        if (writer.overflowed()) {
            return -Errno.ENAMETOOLONG;
        }
        MemorySegment.copy(from, at, ram, dataPa, length);
        return counted(Opcode.P2M_WRITE, length);
    }

    @Override
    public long newOffset() {
        return Math.max(0, value);
    }

    @Override
    public int truncate(String path, long sizeBytes) {
        return path(Opcode.P2S_TRUNCATE, 0, 0, sizeBytes, path, "");
    }

    @Override
    public int getdents(String path, long pos, MemorySegment to, long at, int lengthBytes) {
        int length = Math.min(lengthBytes, DATA_BYTES);
        if (!begin(length, 0, pos, path, "")) {
            return -Errno.ENAMETOOLONG;
        }
        int done = counted(Opcode.P2S_GETDENTS, length);
        if (done > 0) {
            MemorySegment.copy(ram, bodyPa(), to, at, done);
        }
        return done;
    }

    @Override
    public long nextPosition() {
        return value;
    }

    @Override
    public int rename(String from, String to, int flags) {
        return path(Opcode.P2S_RENAME, flags, 0, 0, from, to);
    }

    @Override
    public int mkdir(String path, int mode) {
        return path(Opcode.P2S_MKDIR, 0, mode, 0, path, "");
    }

    @Override
    public int mknod(String path, int mode, long device) {
        return path(Opcode.P2S_MKNOD, 0, mode, device, path, "");
    }

    @Override
    public int rmdir(String path) {
        return path(Opcode.P2S_RMDIR, 0, 0, 0, path, "");
    }

    @Override
    public int unlink(String path) {
        return path(Opcode.P2S_UNLINK, 0, 0, 0, path, "");
    }

    @Override
    public int link(String existing, String path) {
        return path(Opcode.P2S_LINK, 0, 0, 0, existing, path);
    }

    @Override
    public int symlink(String target, String path) {
        return path(Opcode.P2S_SYMLINK, 0, 0, 0, target, path);
    }

    @Override
    public String readlink(String path) {
        int done = begin(0, 0, 0, path, "") ? counted(Opcode.P2S_READLINK, FileTransfer.MAX_PATH_BYTES) : -Errno.ENAMETOOLONG;
        lastErrno = Math.max(0, -done);
        if (done < 0) {
            return null;
        }
        byte[] bytes = new byte[done];
        MemorySegment.copy(ram, ValueLayout.JAVA_BYTE, bodyPa(), bytes, 0, done);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Override
    public int lastErrno() {
        return lastErrno;
    }

    @Override
    public int setattr(String path, boolean followLink, int mask, Stat to) {
        if (!begin(followLink ? PathRequest.FOLLOW : 0, mask, 0, path, "")) {
            return -Errno.ENAMETOOLONG;
        }
        long at = writer.record(StatRecord.SIZE_BYTES);
        ram.asSlice(at, StatRecord.SIZE_BYTES).fill((byte) 0);
        StatRecord.MODE.set(ram, at, to.mode);
        StatRecord.UID.set(ram, at, to.uid);
        StatRecord.GID.set(ram, at, to.gid);
        StatRecord.ATIME_NS.set(ram, at, to.atimeNs);
        StatRecord.MTIME_NS.set(ram, at, to.mtimeNs);
        return call(Opcode.P2S_SETATTR, 0);
    }

    @Override
    public int fsync(String path) {
        return path(Opcode.P2M_FSYNC, 0, 0, 0, path, "");
    }

    @Override
    public int statfs(String path, StatFs to) {
        if (!begin(0, 0, 0, path, "")) {
            return -Errno.ENAMETOOLONG;
        }
        int status = call(Opcode.P2S_STATFS, StatfsRecord.SIZE_BYTES);
        if (status == 0) {
            to.type = StatfsRecord.TYPE.get(ram, bodyPa());
            to.blockBytes = StatfsRecord.BLOCK_SIZE.get(ram, bodyPa());
            to.blocks = StatfsRecord.BLOCKS.get(ram, bodyPa());
            to.blocksFree = StatfsRecord.BLOCKS_FREE.get(ram, bodyPa());
            to.files = StatfsRecord.FILES.get(ram, bodyPa());
            to.filesFree = StatfsRecord.FILES_FREE.get(ram, bodyPa());
        }
        return status;
    }
}
