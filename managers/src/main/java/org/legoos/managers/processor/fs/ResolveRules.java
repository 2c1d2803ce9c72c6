package org.legoos.managers.processor.fs;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;

/**
 * How a path walk is bound (openat2(2)).
 *
 * @param flags RESOLVE_*
 * @param start where the walk begins, and cannot leave when it is scoped
 * @param mount what the start lies on
 */
public record ResolveRules(int flags, String start, FileSystem mount) {
    public static final int NO_XDEV = 1;
    public static final int NO_MAGICLINKS = 2;
    public static final int NO_SYMLINKS = 4;
    public static final int BENEATH = 8;
    public static final int IN_ROOT = 0x10;
    public static final int CACHED = 0x20;
    public static final int ALL = 0x3f;

    static final ResolveRules NONE = new ResolveRules(0, "/", null);

    boolean isBound() {
        return flags != 0;
    }

    /** Whether ".." goes up: at the root it stays, beneath a directory it is refused. */
    boolean mayLeave(String at) {
        if ((flags & (BENEATH | IN_ROOT)) == 0 || !at.equals(start)) {
            return true;
        }
        if ((flags & BENEATH) != 0) {
            throw SysError.of(Errno.EXDEV);
        }
        return false;
    }

    /** Checks a place that the walk comes to. @return the place */
    String enter(Vfs vfs, String path) {
        if ((flags & NO_XDEV) != 0 && vfs.at(path) != mount) {
            throw SysError.of(Errno.EXDEV);
        }
        return path;
    }

    /** Where an absolute link leads to. @param ofProgram the program's root */
    String root(String ofProgram) {
        if ((flags & BENEATH) != 0) {
            throw SysError.of(Errno.EXDEV);
        }
        return (flags & IN_ROOT) != 0 ? start : ofProgram;
    }

    void refuseLink() {
        if ((flags & NO_SYMLINKS) != 0) {
            throw SysError.of(Errno.ELOOP);
        }
    }

    void refuseMagicLink() {
        if ((flags & (NO_MAGICLINKS | NO_SYMLINKS)) != 0) {
            throw SysError.of(Errno.ELOOP);
        }
        if ((flags & (BENEATH | IN_ROOT)) != 0) {
            throw SysError.of(Errno.EXDEV);
        }
    }
}
