package org.legoos.managers.memory.ramfs;

import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.rpc.Caller;

/** Extended attributes of one inode for one user (xattr(7)), with the file system's lock held; they count as metadata. */
public final class Xattrs {
    private static final int NAME_MAX = 255;
    private static final int XATTR_CREATE = 1;
    private static final int XATTR_REPLACE = 2;
    /** What a name costs beside its length. */
    private static final int COST_BYTES = 64;

    private final Ramfs fs;
    private final Inode inode;
    private final Caller who;

    Xattrs(Ramfs fs, Inode inode, Caller who) {
        this.fs = fs;
        this.inode = inode;
        this.who = who;
    }

    /** @param value null when the message had none */
    public int set(String name, byte[] value, int flags) {
        int error = value == null ? -Errno.EINVAL : check(name, true);
        if (error != 0) {
            return error;
        }
        byte[] old = inode.xattrs == null ? null : inode.xattrs.get(name);
        if (old != null && (flags & XATTR_CREATE) != 0 || old == null && (flags & XATTR_REPLACE) != 0) {
            return old != null ? -Errno.EEXIST : -Errno.ENODATA;
        }
        if (!fs.chargeMore(cost(name, value) - (old == null ? 0 : cost(name, old)))) {
            return -Errno.ENOSPC;
        }
        if (inode.xattrs == null) {
            inode.xattrs = new TreeMap<>();
        }
        inode.xattrs.put(name, value);
        inode.ctimeNs = fs.clock().wallTimeNs();
        return 0;
    }

    public int get(String name, AtomicReference<byte[]> found) {
        int error = check(name, false);
        found.set(error != 0 || inode.xattrs == null ? null : inode.xattrs.get(name));
        return error == 0 && found.get() == null ? -Errno.ENODATA : error;
    }

    public int remove(String name) {
        int error = check(name, true);
        byte[] old = error != 0 || inode.xattrs == null ? null : inode.xattrs.remove(name);
        if (old != null) {
            fs.chargeMore(-cost(name, old));
            inode.ctimeNs = fs.clock().wallTimeNs();
        }
        return error == 0 && old == null ? -Errno.ENODATA : error;
    }

    /** The names, each with a NUL behind it. */
    public int list(AtomicReference<byte[]> found) {
        StringBuilder names = new StringBuilder();
        if (inode.xattrs != null) {
            for (String name : inode.xattrs.keySet()) {
                if (who.has(Caller.CAP_SYS_ADMIN) || !name.startsWith("trusted.")) {
                    names.append(name).append('\0');
                }
            }
        }
        found.set(names.toString().getBytes(StandardCharsets.ISO_8859_1));
        return 0;
    }

    /** Who may do what with which kind of attribute (xattr_permission of Linux). */
    private int check(String name, boolean writes) {
        if (name.isEmpty() || name.length() > NAME_MAX) {
            return -Errno.ERANGE;
        }
        int dot = name.indexOf('.');
        return switch (dot < 0 ? "" : name.substring(0, dot)) {
            case "user" -> checkUser(name.length() == dot + 1, writes);
            case "trusted" -> who.mayHaveAttribute(name, writes) ? 0 : writes ? -Errno.EPERM : -Errno.ENODATA;
            case "security" -> who.mayHaveAttribute(name, writes) ? 0 : -Errno.EPERM;
            default -> -Errno.EOPNOTSUPP;
        };
    }

    private int checkUser(boolean isBare, boolean writes) {
        if (isBare) {
            return -Errno.EINVAL;
        }
        if (!(inode instanceof RegularFile) && !(inode instanceof Directory)) {
            return writes ? -Errno.EPERM : -Errno.ENODATA;
        }
        return inode.allows(who, writes ? Inode.MAY_WRITE : Inode.MAY_READ) ? 0 : -Errno.EACCES;
    }

    private static int cost(String name, byte[] value) {
        return COST_BYTES + name.length() + value.length;
    }

    /** The inode has lost its last name. */
    static void free(Ramfs fs, Inode inode) {
        if (inode.xattrs != null) {
            inode.xattrs.forEach((name, value) -> fs.chargeMore(-cost(name, value)));
            inode.xattrs = null;
        }
    }
}
