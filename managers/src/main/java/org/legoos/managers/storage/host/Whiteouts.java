package org.legoos.managers.storage.host;

import org.legoos.isa.libc.HostFs;
import org.legoos.isa.libc.HostStat;
import org.legoos.kernel.syscall.Errno;

/**
 * How an upper layer says that something of the lower one is gone, in the form of container image layers (OCI image
 * specification, "Whiteouts"): an empty file .wh.NAME hides NAME, and .wh..wh..opq in a directory hides all that the lower
 * directory holds. Names need neither privileges nor extended attributes. Programs cannot use such names.
 */
final class Whiteouts {
    static final String PREFIX = ".wh.";
    static final String OPAQUE = ".wh..wh..opq";

    private Whiteouts() {}

    static boolean isReserved(String name) {
        return name.startsWith(PREFIX);
    }

    static boolean exists(int parentFd, String name, HostStat scratch) {
        return HostFs.stat(parentFd, PREFIX + name, scratch) == 0;
    }

    static boolean isOpaque(int directoryFd, HostStat scratch) {
        return HostFs.stat(directoryFd, OPAQUE, scratch) == 0;
    }

    /** @return 0 or a negative errno */
    static int make(int parentFd, String name) {
        return touch(parentFd, PREFIX + name);
    }

    static int makeOpaque(int directoryFd) {
        return touch(directoryFd, OPAQUE);
    }

    private static int touch(int parentFd, String file) {
        int error = HostFs.mknodat(parentFd, file, HostStat.S_IFREG | 0600, 0);
        return error == -Errno.EEXIST ? 0 : error;
    }

    static int remove(int parentFd, String name) {
        int error = HostFs.unlinkat(parentFd, PREFIX + name, 0);
        return error == -Errno.ENOENT ? 0 : error;
    }
}
