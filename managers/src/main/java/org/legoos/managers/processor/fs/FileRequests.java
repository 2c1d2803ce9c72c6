package org.legoos.managers.processor.fs;

import java.lang.foreign.MemorySegment;
import org.legoos.fit.Ibapi;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.kernel.boot.Kernel;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.Credentials;
import org.legoos.managers.rpc.Caller;
import org.legoos.managers.rpc.Header;
import org.legoos.managers.rpc.MessageReader;
import org.legoos.managers.rpc.MessageWriter;
import org.legoos.managers.rpc.Opcode;
import org.legoos.managers.rpc.PathRequest;
import org.legoos.managers.rpc.RpcPort;
import org.legoos.managers.rpc.StatRecord;
import org.legoos.managers.rpc.StatusReply;

/** What all requests of a {@link FileServiceClient} are made of: its buffers, sending, and checking what comes back. */
abstract class FileRequests {
    static final long RAMFS_TIMEOUT_NS = 30_000_000_000L;
    static final long NS_PER_MSEC = 1_000_000;
    /** Largest piece of a transfer: the chunk buffer of a thread. */
    static final int DATA_BYTES = 64 << 10;
    static final int PAGE = PhysicalMemory.PAGE_SIZE;
    static final int REQUEST_PAGES = DATA_BYTES / PAGE + 3; // data, two paths, fixed fields
    static final int REPLY_PAGES = DATA_BYTES / PAGE + 1;
    static final int REPLY_BYTES = REPLY_PAGES * PAGE;

    final Kernel kernel;
    final Ibapi ibapi;
    final Credentials credentials;
    final MemorySegment ram;
    final int memoryNode;
    final int storageNode;
    final int vnode;
    final long timeoutNs;
    final int[] privateBits = new int[1];
    final MessageReader reader = new MessageReader();
    final long requestPa;
    final long replyPa;
    final MessageWriter writer = new MessageWriter();
    long value;
    /** How much followed the status and value of the last reply. */
    int bodyBytesGot;
    /** See {@link FileService#takeStat}. */
    String lookedUp;
    int lastErrno;
    /** Of the next request. */
    boolean isHolder;

    /** @param credentials in whose name it asks; read at each call */
    FileRequests(Kernel kernel, Ibapi ibapi, Credentials credentials) {
        this.kernel = kernel;
        this.ibapi = ibapi;
        this.credentials = credentials;
        this.ram = kernel.memory().segment();
        this.memoryNode = kernel.config().integer("DEFAULT_MEM_NODE");
        this.storageNode = kernel.config().integer("DEFAULT_STORAGE_NODE");
        this.vnode = kernel.config().integer("VNODE_ID");
        // A memory node that asks a storage node may take twice as long as that one.
        long storageNs = kernel.config().integer("STORAGE_TIMEOUT_MSEC") * NS_PER_MSEC;
        this.timeoutNs = kernel.config().bool("USE_RAMFS") ? RAMFS_TIMEOUT_NS : 2 * storageNs;
        this.requestPa = kernel.frames().allocContiguous(REQUEST_PAGES + REPLY_PAGES);
        if (requestPa == 0) {
            throw SysError.of(Errno.ENOMEM);
        }
        this.replyPa = requestPa + (long) REQUEST_PAGES * PAGE;
    }

    public void close() {
        kernel.frames().freeContiguous(requestPa, REQUEST_PAGES + REPLY_PAGES);
    }

    /** Fixed fields, groups and strings of a PathRequest. @return false when a name is too long */
    boolean begin(int flags, int mode, long argument, String path, String path2) {
        int[] groups = credentials.groups;
        int groupCount = Math.min(groups.length, Caller.GROUPS_MAX);
        writer.reset(ram, requestPa, PathRequest.SIZE_BYTES, REQUEST_PAGES * PAGE).ints(groups, groupCount).string(path).string(path2);
        PathRequest.PID.set(ram, requestPa, 0);
        PathRequest.UID.set(ram, requestPa, credentials.fsuid);
        PathRequest.GID.set(ram, requestPa, credentials.fsgid);
        PathRequest.GROUPS.set(ram, requestPa, groupCount);
        PathRequest.CAPABILITIES.set(ram, requestPa, (int) credentials.effective);
        PathRequest.IS_HOLDER.set(ram, requestPa, isHolder ? 1 : 0);
        isHolder = false;
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
        lookedUp = null;
        bodyBytesGot = 0;
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
        bodyBytesGot = Math.max(0, got - StatusReply.SIZE_BYTES);
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

    final void take(FileService.Stat to, long at) {
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
        to.blksize = StatRecord.BLKSIZE.get(ram, at);
        to.directMemoryAlignBytes = StatRecord.DIRECT_MEMORY.get(ram, at);
        to.directOffsetAlignBytes = StatRecord.DIRECT_OFFSET.get(ram, at);
        to.btimeNs = StatRecord.BTIME_NS.get(ram, at);
    }

}
