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
 * system.* (access control lists) there is none. Those of symbolic links and special files are in {@link AttributeFiles}; user.* they cannot
 * have.
 */
final class Xattrs {
    private static final int NAME_MAX = 255;
    private static final int LIST_BYTES = 65536;
    private static final String USER = "user.";
    private static final String OURS = "user.legoos.";
    private static final String KEPT = "user.legoos.x.";

    private final FileAttributes attributes;
    private final Layers layers;

    Xattrs(FileAttributes attributes, Layers layers) {
        this.attributes = attributes;
        this.layers = layers;
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
        boolean canHave = isItself(place);
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
                if (!who.mayHaveAttribute(name, writes)) {
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

    /** Whether the host's file has its attributes itself. */
    private static boolean isItself(Place place) {
        return place.stat.isRegular() || place.stat.isDirectory();
    }

    /** What has the attributes; {@link #release} gives it back. @param isMade whether there shall be something; @return negative: nothing has */
    private int carrier(Place place, boolean isMade) {
        return isItself(place) ? place.fileFd : layers.attributeFiles(place.isUpper).open(place.stat, isMade);
    }

    private static void release(Place place, int carrier) {
        if (carrier != place.fileFd) {
            HostFs.close(carrier);
        }
    }

    int set(Place place, String name, byte[] value, int flags, Caller who) {
        int[] error = new int[1];
        String host = hostName(place, name, who, true, error);
        if (host == null) {
            return error[0];
        }
        int carrier = carrier(place, true);
        if (carrier < 0) {
            return carrier;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(Math.max(1, value.length)).asSlice(0, value.length);
            MemorySegment.copy(value, 0, bytes, ValueLayout.JAVA_BYTE, 0, value.length);
            return HostFs.setxattr(carrier, host, bytes, flags);
        } finally {
            release(place, carrier);
        }
    }

    /** @return the value's length; -ERANGE when {@code to} is shorter and not empty */
    int get(Place place, String name, MemorySegment to, Caller who) {
        int[] error = new int[1];
        String host = hostName(place, name, who, false, error);
        if (host == null) {
            return error[0];
        }
        int carrier = carrier(place, false);
        int found = carrier < 0 ? -Errno.ENODATA : HostFs.getxattr(carrier, host, to);
        release(place, carrier);
        boolean isUnreadable = found == -Errno.EACCES && host.startsWith(KEPT); // the host wants more rights for ours than Linux does
        return isUnreadable ? -Errno.ENODATA : found;
    }

    int remove(Place place, String name, Caller who) {
        int[] error = new int[1];
        String host = hostName(place, name, who, true, error);
        int carrier = host == null ? error[0] : carrier(place, false);
        int result = host == null ? carrier : carrier < 0 ? -Errno.ENODATA : HostFs.removexattr(carrier, host);
        release(place, carrier);
        return result;
    }

    /** The names a program sees, each with a NUL behind it; the whole list, whatever fits where. */
    byte[] list(Place place, Caller who) {
        StringBuilder names = new StringBuilder();
        int carrier = carrier(place, false);
        List<String> hostNames = carrier < 0 ? List.of() : hostNames(carrier);
        release(place, carrier);
        for (String host : hostNames) {
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

    private static List<String> hostNames(int pathFd) {
        List<String> names = new ArrayList<>();
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

    /** Copies what is kept beside a file of the lower layer that has none itself. @param made its copy in the layer that is written */
    void copyBeside(Place below, HostStat made) {
        int from = isItself(below) ? Place.NONE : carrier(below, false);
        if (from >= 0) {
            int to = layers.attributeFiles(true).open(made, true);
            if (to >= 0) {
                copy(from, to);
            }
            HostFs.close(to);
            HostFs.close(from);
        }
    }

    /** Copies user attributes, ours among them, to a file that takes another's place. */
    void copy(int fromFd, int toFd) {
        for (String name : hostNames(fromFd)) {
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
