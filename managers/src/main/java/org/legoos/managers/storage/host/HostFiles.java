package org.legoos.managers.storage.host;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.legoos.isa.libc.HostFs;
import org.legoos.isa.libc.HostStat;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.rpc.Caller;

/**
 * The files of one vNode, in directories of the host: what all calls share. Every call names a full path and keeps nothing
 * for the next one; what is remembered (open files, listings, layers) only saves time. Results are 0 or more, or negative errnos.
 *
 * <p>Lock order: changes (names of the upper layer), then the open files' lock. Host calls are made with changes held, in overlays
 * only: the host's own calls are atomic.
 */
public final class HostFiles implements AutoCloseable {
    private final Layers layers;
    private final Clock clock;
    private final FileAttributes attributes;
    private final FileIds ids;
    private final Xattrs xattrs;
    private final CopyUp copyUp;
    private final Access access;
    private final Listing listing;
    private final Names names;
    private final Rename rename;
    private final OpenFiles open;
    private final FileCalls calls;
    private final ReentrantLock changes = new ReentrantLock();

    /** @param isNative whether owners and modes are the host files' own; else they are kept beside */
    HostFiles(Layers layers, Clock clock, boolean isNative) {
        this.layers = layers;
        this.clock = clock;
        attributes = new FileAttributes(layers, isNative);
        ids = new FileIds((layers.upper != null ? layers.upper : layers.lower).device());
        xattrs = new Xattrs(attributes, layers);
        copyUp = new CopyUp(layers, ids, xattrs, attributes, changes, path -> open().forget(path));
        access = new Access(layers, attributes);
        listing = new Listing(this);
        names = new Names(this);
        rename = new Rename(this, names);
        open = new OpenFiles(this, clock);
        calls = new FileCalls(this);
    }

    public boolean isReadOnly() {
        return layers.isReadOnly();
    }

    Layers layers() {
        return layers;
    }

    FileAttributes attributes() {
        return attributes;
    }

    FileIds ids() {
        return ids;
    }

    CopyUp copyUp() {
        return copyUp;
    }

    Access access() {
        return access;
    }

    Listing listing() {
        return listing;
    }

    public Names names() {
        return names;
    }

    public Rename rename() {
        return rename;
    }

    public FileCalls calls() {
        return calls;
    }

    public OpenFiles open() {
        return open;
    }

    long wallTimeNs() {
        return clock.wallTimeNs();
    }

    /** Finds a place whose directory exists and may be searched by the caller. */
    public int find(String path, Caller who, Place to) {
        int error = layers.find(path, to);
        return error != 0 ? error : access.search(path, who);
    }

    /** As find, for those who change nothing. */
    public int look(String path, Caller who, Place to) {
        int error = layers.peek(path, to);
        return error != 0 ? error : access.search(path, who);
    }

    public int lookExisting(String path, Caller who, Place to) {
        int error = look(path, who, to);
        return error != 0 ? error : to.exists() ? 0 : -Errno.ENOENT;
    }

    public int findExisting(String path, Caller who, Place to) {
        int error = find(path, who, to);
        return error != 0 ? error : to.exists() ? 0 : -Errno.ENOENT;
    }

    /** Entries of a directory from a position on; null with a negative errno in errno[0]. */
    public List<Listing.Entry> entries(String path, long position, Caller who, int[] errno) {
        try (Place place = new Place()) {
            errno[0] = findExisting(path, who, place);
            if (errno[0] == 0 && !place.stat.isDirectory()) {
                errno[0] = -Errno.ENOTDIR;
            }
            return errno[0] != 0 ? null : listing.from(place, position, errno);
        }
    }

    /** setxattr(2). @param flags XATTR_CREATE, XATTR_REPLACE */
    public int setxattr(String path, String name, byte[] value, int flags, Caller who) {
        try (Place place = new Place()) {
            int error = findExisting(path, who, place);
            error = error != 0 ? error : copyUp.file(place, Long.MAX_VALUE);
            return error != 0 ? error : xattrs.set(place, name, value, flags, who);
        }
    }

    public int removexattr(String path, String name, Caller who) {
        try (Place place = new Place()) {
            int error = findExisting(path, who, place);
            error = error != 0 ? error : copyUp.file(place, Long.MAX_VALUE);
            return error != 0 ? error : xattrs.remove(place, name, who);
        }
    }

    /** @return the value's length; -ERANGE when {@code to} is shorter and not empty */
    public int getxattr(String path, String name, MemorySegment to, Caller who) {
        try (Place place = new Place()) {
            int error = findExisting(path, who, place);
            return error != 0 ? error : xattrs.get(place, name, to, who);
        }
    }

    /** All names, each with a NUL behind it; null with a negative errno in errno[0]. */
    public byte[] listxattr(String path, Caller who, int[] errno) {
        try (Place place = new Place()) {
            errno[0] = findExisting(path, who, place);
            return errno[0] != 0 ? null : xattrs.list(place, who);
        }
    }

    /** Overlays only: the host's calls on one directory are atomic by themselves. */
    void lockChanges() {
        if (layers.isOverlay()) {
            changes.lock();
        }
    }

    void unlockChanges() {
        if (layers.isOverlay()) {
            changes.unlock();
        }
    }

    /** Owner and mode of the directory in the upper layer that holds a place. */
    FileAttributes.Owned parent(Place place) {
        HostStat stat = new HostStat();
        return HostFs.stat(place.upperParentFd, "", stat) != 0 ? new FileAttributes.Owned(0, 0, 0, 0)
                : attributes.of(place.upperParentFd, stat);
    }

    /** What ".." of a directory is listed as. */
    long parentInode(Place place) {
        try (Place parent = new Place()) {
            boolean isThere = layers.find(Layers.parent(place.path), parent) == 0 && parent.exists();
            return ids.of(isThere ? parent.stat : place.stat);
        }
    }

    void renamed(Place from, Place to) {
        open.forgetTree(from.path);
        open.forgetTree(to.path);
        if (layers.isOverlay()) {
            layers.forgetTree(from.path);
            layers.forgetTree(to.path);
        }
    }

    /** The inode number of the regular file whose only name this is, else 0. */
    long lastName(Place place) {
        return place.exists() && place.stat.isRegular() && place.stat.links() == 1 ? ids.of(place.stat) : 0;
    }

    void forgetOpen(Place place) {
        open.forget(place.path);
        if (place.isUpper && place.stat.links() == 1) {
            ids.removed(place.stat);
            attributes.removed(place.stat);
        }
    }

    @Override
    public void close() {
        open.close();
        layers.close();
    }
}
