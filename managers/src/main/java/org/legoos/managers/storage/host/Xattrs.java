package org.legoos.managers.storage.host;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.legoos.isa.libc.HostFs;
import org.legoos.isa.libc.HostStat;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.rpc.Caller;

/**
 * Extended attributes (xattr(7)). user.* are the host file's own; trusted.* and security.*, which would mean something to the
 * host or need its root, are kept as user.legoos.x.NAME, so that a program in a vNode cannot give a host file capabilities.
 * system.* (access control lists) there is none. Symbolic links and special files have no attributes that can be kept.
 */
final class Xattrs {
    private static final int NAME_MAX = 255;
    private static final int LIST_BYTES = 65536;
    private static final String USER = "user.";
    private static final String OURS = "user.legoos.";
    private static final String KEPT = "user.legoos.x.";

    private final FileAttributes attributes;

    Xattrs(FileAttributes attributes) {
        this.attributes = attributes;
    }

    /** The host's name of an attribute, or null with errno in error[0]. */
    private String hostName(Place place, String name, Caller who, boolean writes, int[] error) {
        error[0] = 0;
        int dot = name.indexOf('.');
        if (name.isEmpty() || name.length() > NAME_MAX) {
            error[0] = -Errno.ERANGE;
            return null;
        }
        String space = dot < 0 ? "" : name.substring(0, dot + 1);
        boolean canHave = place.stat.isRegular() || place.stat.isDirectory();
        switch (space) {
            case USER -> {
                if (name.length() == USER.length()) {
                    error[0] = -Errno.EINVAL;
                } else if (!canHave || name.startsWith(OURS)) {
                    error[0] = writes ? -Errno.EPERM : -Errno.ENODATA;
                } else if (!Access.allows(attributes.of(place), who, writes ? Access.WRITE : Access.READ)) {
                    error[0] = -Errno.EACCES;
                }
                return error[0] == 0 ? name : null;
            }
            case "trusted.", "security." -> {
                if (!canHave || !who.mayHaveAttribute(name, writes)) {
                    error[0] = writes ? -Errno.EPERM : -Errno.ENODATA;
                    return null;
                }
                return KEPT + name;
            }
            default -> {
                error[0] = -Errno.EOPNOTSUPP;
                return null;
            }
        }
    }

    int set(Place place, String name, byte[] value, int flags, Caller who) {
        int[] error = new int[1];
        String host = hostName(place, name, who, true, error);
        if (host == null) {
            return error[0];
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(Math.max(1, value.length)).asSlice(0, value.length);
            MemorySegment.copy(value, 0, bytes, ValueLayout.JAVA_BYTE, 0, value.length);
            return HostFs.setxattr(place.fileFd, host, bytes, flags);
        }
    }

    /** @return the value's length; -ERANGE when {@code to} is shorter and not empty */
    int get(Place place, String name, MemorySegment to, Caller who) {
        int[] error = new int[1];
        String host = hostName(place, name, who, false, error);
        if (host == null) {
            return error[0];
        }
        int found = HostFs.getxattr(place.fileFd, host, to);
        boolean isUnreadable = found == -Errno.EACCES && host.startsWith(KEPT); // the host wants more rights for ours than Linux does
        return isUnreadable ? -Errno.ENODATA : found;
    }

    int remove(Place place, String name, Caller who) {
        int[] error = new int[1];
        String host = hostName(place, name, who, true, error);
        return host == null ? error[0] : HostFs.removexattr(place.fileFd, host);
    }

    /** The names a program sees, each with a NUL behind it; the whole list, whatever fits where. */
    byte[] list(Place place, Caller who) {
        StringBuilder names = new StringBuilder();
        for (String host : hostNames(place.fileFd, place.stat)) {
            String name = host.startsWith(KEPT) ? host.substring(KEPT.length()) : host;
            boolean isOurs = host.startsWith(OURS) && !host.startsWith(KEPT);
            boolean isSeen = !isOurs && (name.startsWith(USER) || name.startsWith("security.") && host.startsWith(KEPT)
                    || name.startsWith("trusted.") && host.startsWith(KEPT) && who.has(Caller.CAP_SYS_ADMIN));
            if (isSeen) {
                names.append(name).append('\0');
            }
        }
        return names.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<String> hostNames(int pathFd, HostStat stat) {
        List<String> names = new ArrayList<>();
        if (!stat.isRegular() && !stat.isDirectory()) {
            return names;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(LIST_BYTES);
            int length = HostFs.listxattr(pathFd, buffer);
            for (int at = 0; at < length; ) {
                int end = at;
                while (end < length && buffer.get(ValueLayout.JAVA_BYTE, end) != 0) {
                    end++;
                }
                names.add(new String(buffer.asSlice(at, end - at).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1));
                at = end + 1;
            }
        }
        return names;
    }

    /** Copies user attributes, ours among them, to a file that takes another's place. */
    void copy(int fromFd, int toFd) {
        HostStat stat = new HostStat();
        if (HostFs.stat(fromFd, "", stat) != 0) {
            return;
        }
        for (String name : hostNames(fromFd, stat)) {
            if (name.startsWith(USER)) {
                try (Arena arena = Arena.ofConfined()) {
                    MemorySegment value = arena.allocate(LIST_BYTES);
                    int length = HostFs.getxattr(fromFd, name, value);
                    if (length >= 0) {
                        HostFs.setxattr(toFd, name, value.asSlice(0, length), 0); // a layer without attributes has none
                    }
                }
            }
        }
    }
}
