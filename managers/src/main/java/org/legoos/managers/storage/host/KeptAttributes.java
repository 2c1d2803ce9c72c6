package org.legoos.managers.storage.host;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.legoos.isa.libc.HostFs;
import org.legoos.isa.libc.HostStat;
import org.legoos.kernel.syscall.Errno;

/**
 * Owner and mode that the host's user may not give a file, kept in the extended attribute {@link #NAME} of it:
 * "MODE UID GID" with the mode in octal. Only regular files and directories can have one (xattr(7)).
 */
final class KeptAttributes {
    static final String NAME = "user.legoos.owner";
    private static final int VALUE_BYTES = 64;

    private KeptAttributes() {}

    /** What is kept, else what the host says. */
    static FileAttributes.Owned read(int pathFd, FileAttributes.Owned host) {
        int type = host.mode() & HostStat.S_IFMT;
        if (type != HostStat.S_IFREG && type != HostStat.S_IFDIR) {
            return host;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(VALUE_BYTES);
            int length = HostFs.getxattr(pathFd, NAME, value);
            if (length <= 0) {
                return host;
            }
            byte[] bytes = value.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
            String[] words = new String(bytes, StandardCharsets.US_ASCII).split(" ");
            int mode = Integer.parseInt(words[0], 8) & FileAttributes.PERMISSIONS;
            return new FileAttributes.Owned(type | mode, Integer.parseUnsignedInt(words[1]), Integer.parseUnsignedInt(words[2]), host.rdev());
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return host; // somebody else wrote it
        }
    }

    /** @return 0, or -EPERM where there is no place for it, as chown(2) answers */
    static int change(int pathFd, int mode, int uid, int gid) {
        String text = Integer.toOctalString(mode) + " " + Integer.toUnsignedString(uid) + " " + Integer.toUnsignedString(gid);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocateFrom(ValueLayout.JAVA_BYTE, text.getBytes(StandardCharsets.US_ASCII));
            int error = HostFs.setxattr(pathFd, NAME, value, 0);
            return error == -Errno.EOPNOTSUPP ? -Errno.EPERM : error;
        }
    }
}
