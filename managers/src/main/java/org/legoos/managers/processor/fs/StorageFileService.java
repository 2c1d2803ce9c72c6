package org.legoos.managers.processor.fs;

import java.lang.foreign.MemorySegment;
import org.legoos.fit.Ibapi;
import org.legoos.kernel.boot.Kernel;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.Credentials;
import org.legoos.managers.rpc.FileRequest;
import org.legoos.managers.rpc.FileTransfer;
import org.legoos.managers.rpc.Opcode;
import org.legoos.managers.rpc.PathRequest;
import org.legoos.managers.rpc.StatRecord;
import org.legoos.managers.rpc.StatusReply;

/**
 * Files of a storage node. Content goes through the page cache of the memory node, or (CONFIG_MEM_PAGE_CACHE=n) straight to and
 * from the storage node, whose card puts it where it is wanted. A storage node that does not answer within
 * CONFIG_STORAGE_TIMEOUT_MSEC is EIO, from then on at once.
 */
public final class StorageFileService extends FileServiceClient {
    /** A system call looks up a path and asks about it at once: not later than this. */
    private static final long LOOKUP_LIFE_NS = 1_000_000;

    private final boolean isCacheless;
    private final Stat lookedUpStat = new Stat();
    private long lookedUpNs;
    private boolean goesPast;

    /** @param credentials in whose name it asks; read at each call */
    public StorageFileService(Kernel kernel, Ibapi ibapi, Credentials credentials) {
        super(kernel, ibapi, credentials);
        this.isCacheless = !kernel.config().bool("MEM_PAGE_CACHE");
    }

    /** Without a page cache, unless lines of the ExCache may have content too: then the memory node has the last word. */
    @Override
    boolean isDirect(FileIdentity file) {
        return isCacheless && !file.isMapped() || goesPast;
    }

    @Override
    public int readPast(FileIdentity file, String path, long fileOffset, long toPa, int lengthBytes) {
        goesPast = true;
        int done = read(file, path, fileOffset, toPa, lengthBytes);
        goesPast = false;
        return done;
    }

    @Override
    public int writePast(FileIdentity file, String path, long fileOffset, int flags, MemorySegment from, long at, int lengthBytes) {
        goesPast = true;
        int done = write(file, path, fileOffset, flags, from, at, lengthBytes);
        goesPast = false;
        return done;
    }

    @Override
    public int open(String path, int flags, int mode, Stat to) {
        if (!begin(flags, mode, 0, path, "")) {
            return -Errno.ENAMETOOLONG;
        }
        int status = call(Opcode.P2S_OPEN, StatRecord.SIZE_BYTES);
        if (status == 0) {
            take(to, bodyPa());
        }
        return Math.min(0, status);
    }

    @Override
    public int writeBack(FileIdentity file, String path, boolean discard) {
        return fileCall(Opcode.P2M_CLOSE, file, path, discard ? FileRequest.DISCARD : 0, 0);
    }

    @Override
    public int dropCache(FileIdentity file, String path) {
        return fileCall(Opcode.P2M_DROP_CACHE, file, path, 0, 0);
    }

    @Override
    public void forget(FileIdentity file) {
        if (!isCacheless) {
            fileCall(Opcode.P2M_CLOSE, file, "", FileRequest.FORGET, 0);
        }
    }

    @Override
    public void dropEverywhere(FileIdentity file, String path, long offset, long lengthBytes) {
        fileCall(Opcode.P2M_DROP_CACHE, file, path, FileRequest.AT_HOST, offset, lengthBytes);
    }

    @Override
    public void readAhead(FileIdentity file, String path, long offset, long lengthBytes) {
        if (!isCacheless) {
            fileCall(Opcode.P2M_DROP_CACHE, file, path, FileRequest.AHEAD, offset, lengthBytes);
        }
    }

    @Override
    public FileIdentity takeRemoved() {
        boolean hasOne = bodyBytesGot >= StatRecord.SIZE_BYTES;
        bodyBytesGot = 0;
        return hasOne ? new FileIdentity(StatRecord.DEV.get(ram, bodyPa()), StatRecord.INO.get(ram, bodyPa())) : null;
    }

    @Override
    public int truncate(FileIdentity file, String path, long sizeBytes) {
        return isDirect(file)
                ? super.truncate(file, path, sizeBytes)
                : fileCall(Opcode.P2M_TRUNCATE, file, path, 0, sizeBytes);
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
        if (to.target != null && to.walked == path.length() && to.stat.mode != 0) {
            lookedUp = path;
            lookedUpStat.copyFrom(to.stat);
            lookedUpNs = kernel.clock().nowNs();
        }
        return to.target == null ? -Errno.EIO : 0;
    }

    @Override
    public boolean takeStat(String path, Stat to) {
        boolean isIt = path.equals(lookedUp) && kernel.clock().nowNs() - lookedUpNs < LOOKUP_LIFE_NS;
        if (isIt) {
            to.copyFrom(lookedUpStat);
        }
        lookedUp = null;
        return isIt;
    }

    @Override
    public int copyRange(String from, long offset, String to, long toOffset, long lengthBytes) {
        int done = extent(Opcode.M2S_COPY_RANGE, 0, from, to, offset, lengthBytes, toOffset);
        return done > lengthBytes ? -Errno.EIO : done;
    }

    @Override
    public int fsync(FileIdentity file, String path, boolean dataOnly) {
        return isDirect(file)
                ? path(Opcode.M2S_FSYNC, dataOnly ? PathRequest.DATA_ONLY : 0, 0, 0, path, "")
                : super.fsync(file, path, dataOnly);
    }

    /** Past the page cache, which knows of files only. */
    @Override
    public int fsyncDirectory(String path) {
        return path(Opcode.M2S_FSYNC, 0, 0, 0, path, "");
    }

    @Override
    public int syncfs(String path) {
        int error = isCacheless ? 0 : fileCall(Opcode.P2M_DROP_CACHE, FileIdentity.UNKNOWN, "", FileRequest.KEEP, 0);
        return error < 0 ? error : path(Opcode.P2S_SYNCFS, 0, 0, 0, path, "");
    }
}
