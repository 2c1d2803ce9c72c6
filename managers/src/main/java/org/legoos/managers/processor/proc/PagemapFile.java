package org.legoos.managers.processor.proc;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.TraceAccess;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.FileMode;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.mm.AddressSpace;

/**
 * /proc/PID/pagemap (proc_pid_pagemap(5)): eight bytes for each page of addresses. Present is what is in the ExCache and mapped; frame
 * numbers are zero, as for everybody without CAP_SYS_ADMIN.
 */
final class PagemapFile extends OpenFile {
    private static final long PRESENT = 1L << 63;
    private static final int PAGE_SHIFT = 12;
    private static final long USER_PAGES = 1L << 47 - PAGE_SHIFT;

    private final Process process;

    private PagemapFile(Process process, String path, int flags) {
        super(path, flags);
        this.process = process;
    }

    static OpenFile open(UserThread t, Process process, String path, int flags) {
        if (!TraceAccess.allows(t.process(), process)) {
            throw SysError.of(Errno.EACCES);
        }
        return new PagemapFile(process, path, flags);
    }

    @Override
    public boolean isSeekable() {
        return true;
    }

    @Override
    public int read(UserThread t, MemorySegment to, long at, int lengthBytes, long offset) {
        if ((offset & Long.BYTES - 1) != 0 || (lengthBytes & Long.BYTES - 1) != 0) {
            return -Errno.EINVAL;
        }
        AddressSpace space = process.space();
        int done = 0;
        while (space != null && done < lengthBytes && (offset + done) / Long.BYTES < USER_PAGES) {
            long va = (offset + done) / Long.BYTES << PAGE_SHIFT;
            to.set(ValueLayout.JAVA_LONG_UNALIGNED, at + done, space.pages().isResident(va) ? PRESENT : 0);
            done += Long.BYTES;
        }
        return done;
    }

    @Override
    public int stat(UserThread t, FileService.Stat to) {
        to.mode = FileMode.S_IFREG | 0400;
        to.nlink = 1;
        return 0;
    }
}
