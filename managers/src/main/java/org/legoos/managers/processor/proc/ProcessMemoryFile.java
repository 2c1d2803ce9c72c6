package org.legoos.managers.processor.proc;

import java.lang.foreign.MemorySegment;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.TraceAccess;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.FileMode;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.mm.AddressSpace;
import org.legoos.managers.processor.mm.ForcedWrite;
import org.legoos.managers.processor.mm.UserMemory;

/**
 * /proc/PID/mem: a place in the file is an address in the process (proc_pid_mem(5)). It belongs to the address space of the time of
 * opening: after an execve or the end of the process there is nothing in it.
 */
final class ProcessMemoryFile extends OpenFile {
    private static final long PAGE_BYTES = 4096;

    /** An access to at most a page. */
    @FunctionalInterface
    private interface Access {
        long run(UserMemory memory, long va, long offset, int lengthBytes);
    }

    private final Process process;
    private final AddressSpace opened;

    private ProcessMemoryFile(Process process, String path, int flags) {
        super(path, flags);
        this.process = process;
        opened = process.space();
    }

    static OpenFile open(UserThread t, Process process, String path, int flags) {
        if (!TraceAccess.allows(t.process(), process)) {
            throw SysError.of(Errno.EACCES);
        }
        return new ProcessMemoryFile(process, path, flags);
    }

    @Override
    public boolean isSeekable() {
        return true;
    }

    @Override
    public int read(UserThread t, MemorySegment to, long at, int lengthBytes, long offset) {
        return pages(offset, at, lengthBytes, (memory, va, place, length) -> memory.copyFrom(va, to, place, length));
    }

    @Override
    public int write(UserThread t, MemorySegment from, long at, int lengthBytes, long offset) {
        return pages(offset, at, lengthBytes, (memory, va, place, length) -> {
            long done = memory.copyTo(va, from, place, length);
            boolean isForced = done < length && ForcedWrite.run(opened, va, length, () -> memory.copyTo(va, from, place, length) == length);
            return isForced ? length : done;
        });
    }

    private int pages(long startVa, long startOffset, int lengthBytes, Access access) {
        AddressSpace space = process.space();
        if (space == null || space != opened) {
            return 0;
        }
        space.retain();
        UserMemory memory = space.newUserMemory();
        try {
            int done = 0;
            while (done < lengthBytes) {
                long va = startVa + done;
                int chunk = (int) Math.min(lengthBytes - done, PAGE_BYTES - (va & PAGE_BYTES - 1));
                long moved = access.run(memory, va, startOffset + done, chunk);
                done += (int) moved;
                if (moved < chunk) {
                    break;
                }
            }
            return done > 0 || lengthBytes == 0 ? done : -Errno.EIO;
        } finally {
            space.forget(memory);
            space.release();
        }
    }

    @Override
    public int stat(UserThread t, FileService.Stat to) {
        int error = t.process().manager().vfs().at(path()).stat(t, path(), to);
        to.mode = FileMode.S_IFREG | 0600;
        return error == -Errno.ENOENT ? 0 : error;
    }
}
