package org.legoos.managers.processor.coredump;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.legoos.kernel.signal.SigInfo;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.Rlimits;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.FileMode;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.fs.OpenFlags;
import org.legoos.managers.processor.fs.Vfs;

/**
 * Writes the file "core" in the working directory when a signal kills a process and RLIMIT_CORE allows it (fs/coredump.c,
 * fs/binfmt_elf.c). It has the registers of the thread that got the signal; the others run on until it is written.
 */
public final class CoreDump {
    /** kernel.core_pattern. */
    public static final String NAME = "core";

    private static final int MODE = 0600;
    private static final long PAGE_BYTES = 4096;

    private static final int EHDR_BYTES = 64;
    private static final int PHDR_BYTES = 56;
    private static final int PT_LOAD = 1;
    private static final int PT_NOTE = 4;
    /** More program headers than this have no number in the header. */
    private static final int PHDRS_MAX = 0xfffe;
    private static final byte[] IDENT = {0x7f, 'E', 'L', 'F', 2, 1, 1};
    private static final int ET_CORE = 4;
    private static final int EM_X86_64 = 62;

    private final UserThread t;
    private final OpenFile file;
    private final long limitBytes;

    private CoreDump(UserThread t, OpenFile file, long limitBytes) {
        this.t = t;
        this.file = file;
        this.limitBytes = limitBytes;
    }

    /** @return whether there is a core file now: bit 7 of the status that wait(2) gives */
    public static boolean write(UserThread t, SigInfo info) {
        long limit = t.process().rlimits().soft(Rlimits.CORE);
        boolean isSmall = limit != Rlimits.INFINITY && limit >= 0 && limit < PAGE_BYTES;
        if (isSmall || !t.process().flags().isDumpable() || t.process().isExiting()) {
            return false;
        }
        OpenFile file;
        try {
            file = open(t);
        } catch (SysError e) {
            return false;
        }
        if (file == null) {
            return false;
        }
        try {
            return new CoreDump(t, file, limit == Rlimits.INFINITY || limit < 0 ? Long.MAX_VALUE : limit).write(info);
        } catch (SysError e) {
            return false;
        } finally {
            file.release();
        }
    }

    /** A new file, or a regular file of its own that has no other names. */
    private static OpenFile open(UserThread t) {
        Vfs vfs = t.process().manager().vfs();
        String path = vfs.resolve(t, Vfs.AT_FDCWD, NAME, false);
        int flags = OpenFlags.O_CREAT | OpenFlags.O_RDWR | OpenFlags.O_NOFOLLOW | OpenFlags.O_LARGEFILE;
        FileService.Stat before = new FileService.Stat();
        if (vfs.at(path).stat(t, path, before) == 0 && !FileMode.isRegular(before.mode)) {
            return null;
        }
        OpenFile file = vfs.at(path).open(t, path, flags, MODE);
        FileService.Stat stat = new FileService.Stat();
        boolean isGood = file.stat(t, stat) == 0 && FileMode.isRegular(stat.mode) && stat.nlink == 1
                && stat.uid == t.process().credentials().fsuid && file.truncate(t, 0) == 0;
        if (!isGood) {
            file.release();
        }
        return isGood ? file : null;
    }

    private boolean write(SigInfo info) {
        List<CoreSegment> segments = CoreSegment.of(t.process().space(), t.process().flags().coreFilter());
        if (segments.size() >= PHDRS_MAX) {
            return false;
        }
        byte[] notes = CoreNotes.of(t, info, segments);
        int headersBytes = EHDR_BYTES + (segments.size() + 1) * PHDR_BYTES;
        byte[] headers = new byte[headersBytes];
        System.arraycopy(IDENT, 0, headers, 0, IDENT.length);
        putElfHeader(headers, segments.size() + 1);
        putProgramHeader(headers, EHDR_BYTES, PT_NOTE, 0, headersBytes, 0, notes.length, 0);
        long at = headersBytes + notes.length + PAGE_BYTES - 1 & -PAGE_BYTES;
        long dataAt = at;
        for (int i = 0; i < segments.size(); i++) {
            CoreSegment segment = segments.get(i);
            int header = EHDR_BYTES + (i + 1) * PHDR_BYTES;
            putProgramHeader(headers, header, PT_LOAD, segment.prot(), at, segment.startVa(), segment.dumpedBytes(),
                    segment.endVa() - segment.startVa());
            at += segment.dumpedBytes();
        }
        if (!put(headers, 0) || !put(notes, headersBytes)) {
            return false;
        }
        writeMemory(segments, dataAt);
        return file.truncate(t, Math.min(at, limitBytes)) == 0; // what ends in zeros was left out
    }

    private static void putElfHeader(byte[] to, int count) {
        Le.putShort(to, 16, ET_CORE);
        Le.putShort(to, 18, EM_X86_64);
        Le.putInt(to, 20, 1);
        Le.putLong(to, 32, EHDR_BYTES);
        Le.putShort(to, 52, EHDR_BYTES);
        Le.putShort(to, 54, PHDR_BYTES);
        Le.putShort(to, 56, count);
    }

    /** Flags are PF_R 4, PF_W 2, PF_X 1: PROT_READ, WRITE, EXEC the other way round. */
    private static void putProgramHeader(byte[] to, int at, int type, int prot, long offset, long va, long fileBytes, long memoryBytes) {
        Le.putInt(to, at, type);
        Le.putInt(to, at + 4, (prot & 1) << 2 | prot & 2 | (prot & 4) >>> 2);
        Le.putLong(to, at + 8, offset);
        Le.putLong(to, at + 16, va);
        Le.putLong(to, at + 32, fileBytes);
        Le.putLong(to, at + 40, memoryBytes);
        Le.putLong(to, at + 48, type == PT_LOAD ? PAGE_BYTES : 4);
    }

    private boolean put(byte[] bytes, long offset) {
        for (int done = 0; done < bytes.length;) {
            int chunk = Math.min(UserThread.IO_BYTES, bytes.length - done);
            MemorySegment.copy(bytes, done, t.io(), ValueLayout.JAVA_BYTE, t.ioPa(), chunk);
            if (offset + done + chunk > limitBytes || file.write(t, t.io(), t.ioPa(), chunk, offset + done) != chunk) {
                return false;
            }
            done += chunk;
        }
        return true;
    }

    /** Up to the limit, or until somebody kills the process for good; pages that cannot be read and zeros become holes. */
    private void writeMemory(List<CoreSegment> segments, long dataAt) {
        long offset = dataAt;
        for (CoreSegment segment : segments) {
            for (long done = 0; done < segment.dumpedBytes();) {
                int chunk = (int) Math.min(UserThread.IO_BYTES, segment.dumpedBytes() - done);
                int got = t.user().copyIn(segment.startVa() + done, t.io(), t.ioPa(), chunk);
                long at = offset + done;
                if (at + got > limitBytes || t.process().isExiting()) {
                    return;
                }
                if (got > 0 && !isZero(got) && file.write(t, t.io(), t.ioPa(), got, at) != got) {
                    return;
                }
                done += got == chunk ? got : Math.max(PAGE_BYTES, got + PAGE_BYTES & -PAGE_BYTES);
            }
            offset += segment.dumpedBytes();
        }
    }

    private boolean isZero(int lengthBytes) {
        MemorySegment chunk = t.io().asSlice(t.ioPa(), lengthBytes);
        for (long at = 0; at + Long.BYTES <= lengthBytes; at += Long.BYTES) {
            if (chunk.get(ValueLayout.JAVA_LONG_UNALIGNED, at) != 0) {
                return false;
            }
        }
        return lengthBytes % Long.BYTES == 0;
    }
}
