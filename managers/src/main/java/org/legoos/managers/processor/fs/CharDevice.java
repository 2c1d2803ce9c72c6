package org.legoos.managers.processor.fs;

import java.lang.foreign.MemorySegment;
import java.security.SecureRandom;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.UserThread;

/** The memory devices of mem(4) and random(4). */
final class CharDevice extends OpenFile {
    /** Which one. */
    enum Kind { NULL, ZERO, FULL, RANDOM }

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Kind kind;
    private final int minor;

    CharDevice(Kind kind, int minor, String path, int flags) {
        super(path, flags);
        this.kind = kind;
        this.minor = minor;
    }

    /** Fills with random bytes that nobody can predict: getrandom(2), /dev/urandom, AT_RANDOM. */
    static void random(MemorySegment to, long at, int lengthBytes) {
        byte[] bytes = new byte[lengthBytes];
        RANDOM.nextBytes(bytes);
        MemorySegment.copy(bytes, 0, to, java.lang.foreign.ValueLayout.JAVA_BYTE, at, lengthBytes);
    }

    @Override
    public boolean isSeekable() {
        return true;
    }

    /** null_lseek(); random(4) too has no place. */
    @Override
    public boolean isAlwaysAtStart() {
        return true;
    }

    @Override
    public int read(UserThread t, MemorySegment to, long at, int lengthBytes, long offset) {
        switch (kind) {
            case NULL -> {
                return 0;
            }
            case ZERO, FULL -> to.asSlice(at, lengthBytes).fill((byte) 0);
            case RANDOM -> random(to, at, lengthBytes);
        }
        return lengthBytes;
    }

    @Override
    public int write(UserThread t, MemorySegment from, long at, int lengthBytes, long offset) {
        return kind == Kind.FULL ? -Errno.ENOSPC : lengthBytes;
    }

    @Override
    public int stat(UserThread t, FileService.Stat to) {
        return t.process().manager().vfs().at(path()).stat(t, path(), to);
    }

    @Override
    public int setattr(UserThread t, int mask, FileService.Stat to) {
        return t.process().manager().vfs().at(path()).setattr(t, path(), false, mask, to);
    }

    @Override
    public long size(UserThread t) {
        return 0;
    }

    int minor() {
        return minor;
    }
}
