package org.legoos.managers.processor.fs;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.legoos.fit.Ibapi;
import org.legoos.kernel.boot.Kernel;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.Credentials;
import org.legoos.managers.rpc.ExtentRecord;
import org.legoos.managers.rpc.FileRequest;
import org.legoos.managers.rpc.FileTransfer;
import org.legoos.managers.rpc.Header;
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
public class FileServiceClient extends FileRequests implements FileService {
    /** @param credentials in whose name it asks; read at each call */
    public FileServiceClient(Kernel kernel, Ibapi ibapi, Credentials credentials) {
        super(kernel, ibapi, credentials);
    }

    @Override
    public int open(String path, int flags, int mode) {
        return path(Opcode.P2S_OPEN, flags, mode, 0, path, "");
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

    private boolean beginTransfer(FileIdentity file, String path, int flags, long offset, int lengthBytes) {
        writer.reset(ram, requestPa, FileTransfer.SIZE_BYTES, REQUEST_PAGES * PAGE).string(path);
        FileTransfer.clear(ram, requestPa);
        boolean isFresh = file.takeFresh();
        FileTransfer.UID.set(ram, requestPa, credentials.fsuid);
        FileTransfer.FLAGS.set(ram, requestPa, flags | (isFresh ? FileTransfer.FRESH : 0));
        FileTransfer.LENGTH.set(ram, requestPa, lengthBytes);
        FileTransfer.FILE_OFFSET.set(ram, requestPa, offset);
        FileTransfer.VNODE.set(ram, requestPa, vnode);
        FileTransfer.DEV.set(ram, requestPa, file.dev());
        FileTransfer.INO.set(ram, requestPa, file.ino());
        FileTransfer.SIZE.set(ram, requestPa, file.sizeBytes());
        FileTransfer.MTIME_NS.set(ram, requestPa, file.mtimeNs());
        return !writer.overflowed();
    }

    /** Whether content goes straight to and from the storage node. */
    boolean isDirect(FileIdentity file) {
        return false;
    }

    @Override
    public int read(FileIdentity file, String path, long fileOffset, long toPa, int lengthBytes) {
        int length = Math.min(lengthBytes, DATA_BYTES);
        int got = readPiece(file, path, fileOffset, toPa, length);
        if (got <= 0 || got == length || (fileOffset + got) % FileTransfer.PIECE_BYTES != 0) {
            return got;
        }
        return got + Math.max(0, readPiece(file, path, fileOffset + got, toPa + got, length - got));
    }

    /** What one reply gives: less than is there where a piece of the page cache ends. */
    private int readPiece(FileIdentity file, String path, long fileOffset, long toPa, int length) {
        if (length < StatusReply.STATUS_BYTES) {
            return readBytes(file, path, fileOffset, toPa, length);
        }
        if (!beginTransfer(file, path, 0, fileOffset, length)) {
            return -Errno.ENAMETOOLONG;
        }
        boolean direct = isDirect(file);
        Header.write(ram, requestPa, direct ? Opcode.M2S_READ : Opcode.P2M_READ, ibapi.nodeId(), writer.lengthBytes());
        privateBits[0] = 0;
        int got = ibapi.sendReplyTimeoutWithPrivateBits(
                direct ? storageNode : memoryNode, direct ? RpcPort.STORAGE : RpcPort.MEMORY,
                requestPa, writer.lengthBytes(), toPa, length, timeoutNs, privateBits);
        if (got < 0 || privateBits[0] == 0) {
            return got < 0 ? -Errno.EIO : got;
        }
        int status = got < StatusReply.STATUS_BYTES ? -Errno.EIO : StatusReply.STATUS.get(ram, toPa);
        return status > 0 || status < -Errno.MAX_ERRNO ? -Errno.EIO : status;
    }

    @Override
    public int read(String path, long fileOffset, MemorySegment to, long at, int lengthBytes) {
        int done = read(FileIdentity.UNKNOWN, path, fileOffset, replyPa, lengthBytes);
        if (done > 0) {
            MemorySegment.copy(ram, replyPa, to, at, done);
        }
        return done;
    }

    /** So few bytes that a status would not fit in their place. */
    private int readBytes(FileIdentity file, String path, long fileOffset, long toPa, int length) {
        if (length == 0) {
            return 0;
        }
        int got = readPiece(file, path, fileOffset, replyPa, Long.BYTES);
        int taken = Math.min(got, length);
        if (taken > 0) {
            MemorySegment.copy(ram, replyPa, ram, toPa, taken);
        }
        return taken;
    }

    @Override
    public int write(FileIdentity file, String path, long fileOffset, int flags, MemorySegment from, long at, int lengthBytes) {
        int length = Math.min(lengthBytes, DATA_BYTES);
        boolean isNamed = beginTransfer(file, path, flags, fileOffset, length);
        long dataPa = isNamed ? writer.record(length) : -1;
        if (dataPa < 0) {
            return -Errno.ENAMETOOLONG;
        }
        MemorySegment.copy(from, at, ram, dataPa, length);
        return counted(isDirect(file) ? Opcode.M2S_WRITE : Opcode.P2M_WRITE, length);
    }

    final int fileCall(int opcode, FileIdentity file, String path, int flags, long argument) {
        return fileCall(opcode, file, path, flags, argument, 0);
    }

    final int fileCall(int opcode, FileIdentity file, String path, int flags, long argument, long lengthBytes) {
        writer.reset(ram, requestPa, FileRequest.SIZE_BYTES, REQUEST_PAGES * PAGE).string(path);
        FileRequest.FLAGS.set(ram, requestPa, flags);
        FileRequest.VNODE.set(ram, requestPa, vnode);
        FileRequest.DEV.set(ram, requestPa, file.dev());
        FileRequest.INO.set(ram, requestPa, file.ino());
        FileRequest.VALUE.set(ram, requestPa, argument);
        FileRequest.LENGTH.set(ram, requestPa, lengthBytes);
        return writer.overflowed() ? -Errno.ENAMETOOLONG : Math.min(0, call(opcode, 0));
    }

    @Override
    public int fsync(FileIdentity file, String path, boolean dataOnly) {
        return fileCall(Opcode.P2M_FSYNC, file, path, dataOnly ? PathRequest.DATA_ONLY : 0, 0);
    }

    @Override
    public long newOffset() {
        return Math.max(0, value);
    }

    @Override
    public int truncate(FileIdentity file, String path, long sizeBytes) {
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
    public FileService holding() {
        isHolder = true;
        return this;
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

    @Override
    public long seek(String path, long offset, int whence) {
        int status = path(Opcode.M2S_LSEEK, whence, 0, offset, path, "");
        return status < 0 ? status : value < 0 ? -Errno.EIO : value;
    }

    @Override
    public int fallocate(String path, int mode, long offset, long lengthBytes) {
        return extent(Opcode.M2S_FALLOCATE, mode, path, "", offset, lengthBytes, 0);
    }

    final int extent(int opcode, int flags, String path, String path2, long offset, long lengthBytes, long toOffset) {
        if (!begin(flags, 0, offset, path, path2)) {
            return -Errno.ENAMETOOLONG;
        }
        long at = writer.record(ExtentRecord.SIZE_BYTES);
        ExtentRecord.LENGTH.set(ram, at, lengthBytes);
        ExtentRecord.TO_OFFSET.set(ram, at, toOffset);
        return call(opcode, 0);
    }

    @Override
    public int setxattr(String path, boolean followLink, String name, byte[] bytes, int flags) {
        if (!begin(followLink ? PathRequest.FOLLOW : 0, flags, 0, path, name)) {
            return -Errno.ENAMETOOLONG;
        }
        if (bytes.length > PathRequest.MAX_XATTR_BYTES) {
            return -Errno.E2BIG;
        }
        writer.longString(bytes);
        return writer.overflowed() ? -Errno.E2BIG : call(Opcode.P2S_SETXATTR, 0);
    }

    @Override
    public int getxattr(String path, boolean followLink, String name, byte[] to) {
        return attribute(Opcode.P2S_GETXATTR, followLink, path, name, to);
    }

    @Override
    public int listxattr(String path, boolean followLink, byte[] to) {
        return attribute(Opcode.P2S_LISTXATTR, followLink, path, "", to);
    }

    private int attribute(int opcode, boolean followLink, String path, String name, byte[] to) {
        int room = Math.min(to.length, DATA_BYTES);
        if (!begin(followLink ? PathRequest.FOLLOW : 0, 0, room, path, name)) {
            return -Errno.ENAMETOOLONG;
        }
        int done = room == 0 ? call(opcode, 0) : counted(opcode, room);
        if (done > 0 && room > 0) {
            MemorySegment.copy(ram, ValueLayout.JAVA_BYTE, bodyPa(), to, 0, done);
        }
        return done;
    }

    @Override
    public int removexattr(String path, boolean followLink, String name) {
        return path(Opcode.P2S_REMOVEXATTR, followLink ? PathRequest.FOLLOW : 0, 0, 0, path, name);
    }
}
