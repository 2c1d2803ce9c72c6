package org.legoos.managers.storage.host;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import org.legoos.isa.libc.HostFs;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.syscall.Errno;

/**
 * A hash table over full paths that keeps files open between requests, at most {@link #OPEN_MAX} of a vNode. It is no state:
 * whatever is missing is opened again. What this storage manager itself renames or removes is forgotten at once; what others do
 * to the host's directory is seen when an entry is used that was not looked at for {@link #TRUSTED_NS}: it is compared with what the path
 * leads to then.
 */
public final class OpenFiles implements AutoCloseable {
    static final int OPEN_MAX = 512;
    static final long TRUSTED_NS = 20_000_000;

    /** An open file of the host; whoever has one from {@link #acquire} releases it. */
    public static final class Held {
        final String key;
        final int fd;
        final boolean isWritable;
        final boolean isUpper;
        final long device;
        final long inode;
        long checkedNs; // guarded by the table
        int users; // guarded by the table
        boolean isForgotten; // guarded by the table

        private Held(String key, int fd, boolean isWritable, Place place, long nowNs) {
            this.key = key;
            this.fd = fd;
            this.isWritable = isWritable;
            this.isUpper = place.isUpper;
            this.device = place.stat.device();
            this.inode = place.stat.inode();
            this.checkedNs = nowNs;
        }

        public int fd() {
            return fd;
        }

        private boolean isStill(Place place) {
            return place.exists() && place.isUpper == isUpper && place.stat.device() == device && place.stat.inode() == inode;
        }
    }

    private final HostFiles files;
    private final Clock clock;
    private final LinkedHashMap<String, Held> table = new LinkedHashMap<>(64, 0.75f, true); // guarded by itself

    OpenFiles(HostFiles files, Clock clock) {
        this.files = files;
        this.clock = clock;
    }

    /**
     * A regular file to read, or to read and write (copied to the upper layer if need be). No rights are checked: the
     * processor has it open.
     *
     * @return null with a negative errno in errno[0]
     */
    public Held acquire(String path, boolean forWriting, int[] errno) {
        String key = path;
        long nowNs = clock.nowNs();
        Held held;
        synchronized (table) {
            held = table.get(key);
            if (held != null && (held.isWritable || !forWriting)) {
                held.users++;
                if (nowNs - held.checkedNs < TRUSTED_NS) {
                    return held;
                }
            } else {
                held = null;
            }
        }
        try (Place place = new Place()) {
            int error = forWriting ? files.layers().find(path, place) : files.layers().peek(path, place);
            error = error != 0 ? error : place.exists() ? 0 : -Errno.ENOENT;
            if (held != null) {
                if (error == 0 && held.isStill(place)) {
                    synchronized (table) {
                        held.checkedNs = nowNs;
                    }
                    return held;
                }
                forget(key);
                release(held);
            }
            errno[0] = error;
            return error == 0 ? open(key, place, forWriting, nowNs, errno) : null;
        }
    }

    /** Opens a place's file and keeps it. @return null with a negative errno in errno[0] */
    Held open(Place place, boolean forWriting, int[] errno) {
        return open(place.path, place, forWriting, clock.nowNs(), errno);
    }

    private Held open(String key, Place place, boolean forWriting, long nowNs, int[] errno) {
        if (!place.stat.isRegular()) {
            errno[0] = place.stat.isDirectory() ? -Errno.EISDIR : place.stat.isLink() ? -Errno.ELOOP : -Errno.EINVAL;
            return null;
        }
        int error = forWriting ? files.copyUp().file(place, Long.MAX_VALUE) : 0;
        if (error == 0 && HostTree.isForeign(files.layers(), place.stat) && HostTree.isKernels(place.fileFd)) {
            error = -Errno.EACCES; // a file of proc that is mounted over one
        }
        int fd = error != 0 ? error : openHost(place, forWriting);
        if (fd < 0) {
            errno[0] = fd;
            return null;
        }
        Held held = new Held(key, fd, forWriting, place, nowNs);
        held.users = 1;
        List<Held> unused = new ArrayList<>();
        synchronized (table) {
            Held before = table.put(key, held);
            if (before != null) {
                forgotten(before, unused);
            }
            evict(unused);
        }
        closeAll(unused);
        return held;
    }

    /** A regular file: nothing waits and nothing has a side effect when it is opened. */
    private int openHost(Place place, boolean forWriting) {
        int flags = forWriting ? HostFs.O_RDWR : HostFs.O_RDONLY;
        int fd = HostFs.reopen(place.fileFd, flags);
        boolean mayBeOurs = fd == -Errno.EACCES && files.attributes().openUp(place.fileFd) == 0;
        return mayBeOurs ? HostFs.reopen(place.fileFd, flags) : fd;
    }

    private void evict(List<Held> unused) {
        Iterator<Held> eldest = table.values().iterator();
        while (table.size() > OPEN_MAX && eldest.hasNext()) {
            Held held = eldest.next();
            eldest.remove();
            forgotten(held, unused);
        }
    }

    private static void forgotten(Held held, List<Held> unused) {
        held.isForgotten = true;
        if (held.users == 0) {
            unused.add(held);
        }
    }

    private static void closeAll(List<Held> unused) {
        unused.forEach(held -> HostFs.close(held.fd));
    }

    public void release(Held held) {
        boolean isLast;
        synchronized (table) {
            isLast = --held.users == 0 && held.isForgotten;
        }
        if (isLast) {
            HostFs.close(held.fd);
        }
    }

    void forget(String key) {
        List<Held> unused = new ArrayList<>();
        synchronized (table) {
            Held held = table.remove(key);
            if (held != null) {
                forgotten(held, unused);
            }
        }
        closeAll(unused);
    }

    /** Forgets a path and everything below it. */
    void forgetTree(String path) {
        List<Held> unused = new ArrayList<>();
        synchronized (table) {
            Iterator<Held> each = table.values().iterator();
            while (each.hasNext()) {
                Held held = each.next();
                boolean isBelow = held.key.startsWith(path)
                        && (held.key.length() == path.length() || held.key.charAt(path.length()) == '/');
                if (isBelow) {
                    each.remove();
                    forgotten(held, unused);
                }
            }
        }
        closeAll(unused);
    }

    public int count() {
        synchronized (table) {
            return table.size();
        }
    }

    @Override
    public void close() {
        List<Held> unused = new ArrayList<>();
        synchronized (table) {
            table.values().forEach(held -> forgotten(held, unused));
            table.clear();
        }
        closeAll(unused);
    }
}
