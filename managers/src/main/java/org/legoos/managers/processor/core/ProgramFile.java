package org.legoos.managers.processor.core;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.legoos.elf.ElfLoader;
import org.legoos.elf.ElfSource;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.fs.Execution;
import org.legoos.managers.processor.fs.FileMode;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.FileSystem;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.memfile.MemoryFile;

/**
 * A file that is to be executed, as the processor looks at it: its first page, which has a script's first line or an
 * ELF file's headers, and more of it when they lie elsewhere. The memory node reads and checks all of it again.
 */
final class ProgramFile implements ElfSource, AutoCloseable {
    private static final int START_BYTES = 4096;
    private static final int X_OK = 1;

    /** S_ISGID without the group's execute bit is not this, but mandatory locking. */
    private static final int GROUP_ID_BITS = FileMode.S_ISGID | FileMode.S_IXGRP;

    private final UserThread thread;
    private final String path;
    /** A file in the processor node's memory, null for one at {@link #path}. */
    private final MemoryFile inMemory;
    private final FileService.Stat stat;
    private final long sizeBytes;
    private final byte[] start;

    private ProgramFile(UserThread thread, String path, MemoryFile inMemory, FileService.Stat stat) {
        this.thread = thread;
        this.path = path;
        this.inMemory = inMemory;
        this.stat = stat;
        this.sizeBytes = stat.size;
        byte[] page = new byte[START_BYTES];
        this.start = Arrays.copyOf(page, fetch(0, page));
    }

    /** @param path normalised; throws EACCES for what must not be executed, or another errno */
    static ProgramFile open(UserThread t, String path) {
        FileSystem fs = t.process().manager().vfs().at(path);
        OpenFile object = fs.openProgram(t, path);
        if (object != null) {
            try {
                return of(t, object);
            } finally {
                object.release();
            }
        }
        FileService.Stat stat = new FileService.Stat();
        fs.statOrThrow(t, path, stat);
        requireExecutable(t, stat);
        return new ProgramFile(t, path, null, stat);
    }

    /** A program by descriptor: of a file with a path (maybe a hidden one), or of one in shared memory. */
    static ProgramFile of(UserThread t, OpenFile file) {
        if (file.mappablePath() != null) {
            return open(t, file.mappablePath());
        }
        FileService.Stat stat = new FileService.Stat();
        SysError.check(file.stat(t, stat));
        requireExecutable(t, stat);
        if (!(file instanceof MemoryFile inMemory)) {
            throw SysError.of(Errno.EACCES);
        }
        return new ProgramFile(t, file.path(), (MemoryFile) inMemory.retain(), stat);
    }

    /** Throws EACCES for all but regular files that the caller may execute. */
    private static void requireExecutable(UserThread t, FileService.Stat stat) {
        boolean isExecutable = (stat.mode & 0111) != 0 && stat.allows(t.process().credentials(), X_OK);
        if (!FileMode.isRegular(stat.mode) || !isExecutable) {
            throw SysError.of(Errno.EACCES);
        }
    }

    @Override
    public void close() {
        if (inMemory != null) {
            inMemory.release();
        }
    }

    /** The credentials that a program of this file begins with: the caller's, with what the set-ID bits give. */
    Credentials credentials() {
        Process process = thread.process();
        boolean givesIds = !process.flags().hasNoNewPrivileges() && !isTracedByOthers();
        int uid = givesIds && (stat.mode & FileMode.S_ISUID) != 0 ? stat.uid : -1;
        int gid = givesIds && (stat.mode & GROUP_ID_BITS) == GROUP_ID_BITS ? stat.gid : -1;
        return process.credentials().afterExec(uid, gid, givesIds ? capabilities() : null);
    }

    private FileCapabilities capabilities() {
        if (inMemory != null || !thread.process().manager().vfs().at(path).hasXattrs()) {
            return null;
        }
        byte[] value = new byte[FileCapabilities.BYTES_MAX];
        return FileCapabilities.of(value, thread.fileService().getxattr(path, false, FileCapabilities.ATTRIBUTE, value));
    }

    /** A tracer must not get at more than it may have anyway. */
    private boolean isTracedByOthers() {
        Trace trace = thread.trace();
        return trace != null && !trace.tracer().credentials().has(Capability.CAP_SYS_PTRACE);
    }

    /** Keeps writers off it; throws ETXTBSY when there are some. */
    Execution execute() {
        Execution execution = inMemory != null
                ? inMemory.execute(thread, sizeBytes)
                : thread.process().manager().vfs().at(path).execute(path, stat);
        if (execution == null) {
            throw SysError.of(Errno.ETXTBSY);
        }
        return execution;
    }

    /** The file's first bytes, at most a page. */
    byte[] start() {
        return start;
    }

    /** What PT_INTERP names, empty without one. */
    String interpreter() {
        return ElfLoader.interpreterPath(this);
    }

    private int fetch(long fileOffset, byte[] to) {
        MemorySegment io = thread.io();
        int length = Math.min(to.length, UserThread.IO_BYTES);
        int got = inMemory != null
                ? inMemory.read(thread, io, thread.ioPa(), length, fileOffset)
                : thread.fileService().read(path, fileOffset, thread.ioPa(), length);
        SysError.check(got);
        MemorySegment.copy(io, ValueLayout.JAVA_BYTE, thread.ioPa(), to, 0, got);
        return got;
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public boolean read(long fileOffset, byte[] to) {
        if (fileOffset < 0 || to.length > sizeBytes || fileOffset > sizeBytes - to.length) {
            return false;
        }
        if (fileOffset + to.length <= start.length) {
            System.arraycopy(start, (int) fileOffset, to, 0, to.length);
            return true;
        }
        return to.length <= UserThread.IO_BYTES && fetch(fileOffset, to) == to.length;
    }
}
