package org.legoos.managers.processor.fs;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.legoos.fit.Ibapi;
import org.legoos.kernel.boot.Kernel;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.Credentials;
import org.legoos.managers.rpc.ExtentRecord;
import org.legoos.managers.rpc.FileTransfer;
import org.legoos.managers.rpc.Header;
import org.legoos.managers.rpc.MessageReader;
import org.legoos.managers.rpc.Opcode;
import org.legoos.managers.rpc.PathRequest;
import org.legoos.managers.rpc.RpcPort;
import org.legoos.managers.rpc.StatRecord;
import org.legoos.managers.rpc.StatusReply;

/**
 * Files of a storage node, content too: what is read comes by the storage node's card straight to where it is wanted. A storage node
 * that does not answer within CONFIG_STORAGE_TIMEOUT_MSEC is EIO, from then on at once.
 */
public final class StorageFileService extends FileServiceClient {
    private final int[] privateBits = new int[1];
    private final MessageReader reader = new MessageReader();

    /** @param credentials in whose name it asks; read at each call */
    public StorageFileService(Kernel kernel, Ibapi ibapi, Credentials credentials) {
        super(kernel, ibapi, credentials);
    }

    @Override
    public int read(String path, long fileOffset, long toPa, int lengthBytes) {
        return readTo(path, fileOffset, toPa, Math.min(lengthBytes, FileTransfer.MAX_BYTES));
    }

    @Override
    public int read(String path, long fileOffset, MemorySegment to, long at, int lengthBytes) {
        if (to == ram) {
            return read(path, fileOffset, at, lengthBytes);
        }
        int done = readTo(path, fileOffset, replyPa, Math.min(lengthBytes, DATA_BYTES));
        if (done > 0) {
            MemorySegment.copy(ram, replyPa, to, at, done);
        }
        return done;
    }

    private int readTo(String path, long fileOffset, long toPa, int lengthBytes) {
        beginTransfer(path, 0, fileOffset, lengthBytes);
        if (writer.overflowed()) {
            return -Errno.ENAMETOOLONG;
        }
        if (lengthBytes < StatusReply.SIZE_BYTES) { // there must be room for a status
            int done = readTo(path, fileOffset, replyPa, DATA_BYTES);
            int wanted = Math.min(done, lengthBytes);
            if (wanted > 0) {
                MemorySegment.copy(ram, replyPa, ram, toPa, wanted);
            }
            return wanted;
        }
        Header.write(ram, requestPa, Opcode.M2S_READ, ibapi.nodeId(), writer.lengthBytes());
        int got = ibapi.sendReplyTimeoutWithPrivateBits(storageNode, RpcPort.STORAGE, requestPa, writer.lengthBytes(),
                toPa, lengthBytes, timeoutNs, privateBits);
        if (got <= 0) {
            return -Errno.EIO;
        }
        if (privateBits[0] != FileTransfer.STATUS_ONLY) {
            return got;
        }
        int status = got < StatusReply.STATUS_BYTES ? -Errno.EIO : StatusReply.STATUS.get(ram, toPa);
        return status > 0 || status < -Errno.MAX_ERRNO ? -Errno.EIO : status;
    }

    @Override
    public int write(String path, long fileOffset, boolean append, MemorySegment from, long at, int lengthBytes) {
        return write(path, fileOffset, append ? FileTransfer.APPEND : 0, from, at, lengthBytes);
    }

    @Override
    public int write(String path, long fileOffset, int flags, MemorySegment from, long at, int lengthBytes) {
        int length = Math.min(lengthBytes, DATA_BYTES);
        beginTransfer(path, flags, fileOffset, length);
        long dataPa = writer.record(length);
        if (writer.overflowed()) {
            return -Errno.ENAMETOOLONG;
        }
        MemorySegment.copy(from, at, ram, dataPa, length);
        return counted(Opcode.M2S_WRITE, length);
    }

    @Override
    public int lookup(String path, Lookup to) {
        if (!begin(0, 0, 0, path, "")) {
            return -Errno.ENAMETOOLONG;
        }
        int status = call(Opcode.P2S_LOOKUP, StatRecord.SIZE_BYTES);
        if (status != 0) {
            return Math.min(0, status);
        }
        take(to.stat, bodyPa());
        to.walked = Math.clamp(value, 0, path.length());
        to.target = reader.reset(ram, replyPa, StatusReply.SIZE_BYTES + StatRecord.SIZE_BYTES, REPLY_BYTES)
                .string(FileTransfer.MAX_PATH_BYTES);
        return to.target == null ? -Errno.EIO : 0;
    }

    @Override
    public int mknod(String path, int mode, long rdev) {
        return path(Opcode.P2S_MKNOD, 0, mode, rdev, path, "");
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

    @Override
    public int copyRange(String from, long offset, String to, long toOffset, long lengthBytes) {
        int done = extent(Opcode.M2S_COPY_RANGE, 0, from, to, offset, lengthBytes, toOffset);
        return done > lengthBytes ? -Errno.EIO : done;
    }

    private int extent(int opcode, int flags, String path, String path2, long offset, long lengthBytes, long toOffset) {
        if (!begin(flags, 0, offset, path, path2)) {
            return -Errno.ENAMETOOLONG;
        }
        long at = writer.record(ExtentRecord.SIZE_BYTES);
        ExtentRecord.LENGTH.set(ram, at, lengthBytes);
        ExtentRecord.TO_OFFSET.set(ram, at, toOffset);
        return call(opcode, 0);
    }

    @Override
    public int fsync(String path) {
        return fsync(path, false);
    }

    @Override
    public int fsync(String path, boolean dataOnly) {
        return path(Opcode.M2S_FSYNC, dataOnly ? PathRequest.DATA_ONLY : 0, 0, 0, path, "");
    }

    @Override
    public int syncfs(String path) {
        return path(Opcode.P2S_SYNCFS, 0, 0, 0, path, "");
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
