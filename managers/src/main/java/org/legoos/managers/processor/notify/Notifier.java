package org.legoos.managers.processor.notify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.legoos.kernel.syscall.Errno;

/** All inotify watches of one node, by path. Thread-safe. */
public final class Notifier {
    public static final int IN_ACCESS = 0x1;
    public static final int IN_MODIFY = 0x2;
    public static final int IN_ATTRIB = 0x4;
    public static final int IN_CLOSE_WRITE = 0x8;
    public static final int IN_CLOSE_NOWRITE = 0x10;
    public static final int IN_OPEN = 0x20;
    public static final int IN_MOVED_FROM = 0x40;
    public static final int IN_MOVED_TO = 0x80;
    public static final int IN_CREATE = 0x100;
    public static final int IN_DELETE = 0x200;
    public static final int IN_DELETE_SELF = 0x400;
    public static final int IN_MOVE_SELF = 0x800;
    public static final int IN_ALL_EVENTS = 0xfff;
    public static final int IN_IGNORED = 0x8000;
    public static final int IN_ISDIR = 0x40000000;
    /** Nothing of an entry that has been unlinked. */
    public static final int IN_EXCL_UNLINK = 0x04000000;
    public static final int IN_MASK_CREATE = 0x10000000;
    public static final int IN_MASK_ADD = 0x20000000;
    public static final int IN_ONESHOT = 0x80000000;

    /** What only the thing itself tells, not its directory. */
    private static final int SELF_ONLY = IN_DELETE_SELF | IN_MOVE_SELF;

    /** What only a directory tells of its entries. */
    private static final int ENTRY_ONLY = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO;

    /** fs.inotify.max_user_watches. */
    private static final int WATCHES_MAX = 65536;

    private final Map<String, List<Watch>> watches = new HashMap<>(); // guarded by this
    private int nextCookie = 1; // guarded by this
    private volatile int count; // written under this

    /** Whether anybody watches anything: asked before each event. */
    public boolean isActive() {
        return count > 0;
    }

    /** @return the watch's number, -EEXIST, -ENOSPC */
    synchronized int add(InotifyFile instance, String path, int mask) {
        List<Watch> there = watches.computeIfAbsent(path, p -> new ArrayList<>(1));
        for (Watch watch : there) {
            if (watch.instance == instance) {
                if ((mask & IN_MASK_CREATE) != 0) {
                    return -Errno.EEXIST;
                }
                watch.mask = (mask & IN_MASK_ADD) != 0 ? watch.mask | mask : mask;
                return watch.number;
            }
        }
        if (count >= WATCHES_MAX) {
            return -Errno.ENOSPC;
        }
        Watch watch = new Watch(instance, instance.nextWatch++, path, mask);
        there.add(watch);
        count++;
        return watch.number;
    }

    /** inotify_rm_watch(2). @return 0 or -EINVAL */
    synchronized int remove(InotifyFile instance, int number) {
        for (List<Watch> there : List.copyOf(watches.values())) {
            for (Watch watch : there) {
                if (watch.instance == instance && watch.number == number) {
                    drop(watch);
                    return 0;
                }
            }
        }
        return -Errno.EINVAL;
    }

    private void drop(Watch watch) {
        forget(watch);
        watch.instance.add(watch.number, IN_IGNORED, 0, "");
    }

    private void forget(Watch watch) {
        List<Watch> there = watches.get(watch.path);
        if (there != null && there.remove(watch)) {
            count--;
            if (there.isEmpty()) {
                watches.remove(watch.path);
            }
        }
    }

    synchronized void removeAll(InotifyFile instance) {
        for (List<Watch> there : List.copyOf(watches.values())) {
            for (Watch watch : List.copyOf(there)) {
                if (watch.instance == instance) {
                    forget(watch);
                }
            }
        }
    }

    /** Something happened to the file at {@code path}: those who watch it or its directory are told. */
    public void event(String path, int mask) {
        if (isActive()) {
            tell(path, mask, 0);
        }
    }

    /** Something happened to an open file that was the directory's entry of this name: another file may have it now. */
    synchronized void lostEvent(String path, int mask) {
        int slash = path.lastIndexOf('/');
        tellWatches(slash == 0 ? "/" : path.substring(0, slash), mask, 0, path.substring(slash + 1), IN_EXCL_UNLINK);
    }

    private synchronized void tell(String path, int mask, int cookie) {
        int slash = path.lastIndexOf('/');
        if ((mask & SELF_ONLY) == 0 && slash >= 0 && path.length() > 1) {
            tellWatches(slash == 0 ? "/" : path.substring(0, slash), mask, cookie, path.substring(slash + 1));
        }
        if ((mask & ENTRY_ONLY) == 0) {
            tellWatches(path, mask, cookie, "");
        }
    }

    private void tellWatches(String path, int mask, int cookie, String name) {
        tellWatches(path, mask, cookie, name, 0);
    }

    /** @param unless flags of watches that do not want to know */
    private void tellWatches(String path, int mask, int cookie, String name, int unless) {
        for (Watch watch : List.copyOf(watches.getOrDefault(path, List.of()))) {
            if ((watch.mask & mask & IN_ALL_EVENTS) != 0 && (watch.mask & unless) == 0) {
                watch.instance.add(watch.number, mask, cookie, name);
                if ((watch.mask & IN_ONESHOT) != 0) {
                    drop(watch);
                }
            }
        }
    }

    /** A name is gone. @param isGone whether it was the file's last, so that watches on it end */
    public void deleted(String path, boolean isDirectory, boolean isGone) {
        if (!isActive()) {
            return;
        }
        synchronized (this) {
            if (!isDirectory) {
                tellWatches(path, IN_ATTRIB, 0, "");
            }
            if (isGone) {
                tellWatches(path, IN_DELETE_SELF, 0, "");
                for (Watch watch : List.copyOf(watches.getOrDefault(path, List.of()))) {
                    drop(watch);
                }
            }
            tell(path, IN_DELETE | (isDirectory ? IN_ISDIR : 0), 0);
        }
    }

    /** A name has become another; watches on it and below go along. */
    public void renamed(String from, String to, boolean isDirectory) {
        if (!isActive()) {
            return;
        }
        synchronized (this) {
            int cookie = nextCookie++;
            int kind = isDirectory ? IN_ISDIR : 0;
            tell(from, IN_MOVED_FROM | kind, cookie);
            tell(to, IN_MOVED_TO | kind, cookie);
            for (Watch watch : List.copyOf(watches.getOrDefault(to, List.of()))) {
                tellWatches(to, IN_DELETE_SELF, 0, "");
                drop(watch);
            }
            for (String path : List.copyOf(watches.keySet())) {
                if (path.equals(from) || path.startsWith(from + "/")) {
                    List<Watch> moved = watches.remove(path);
                    String newPath = to + path.substring(from.length());
                    moved.forEach(watch -> watch.path = newPath);
                    watches.put(newPath, moved);
                }
            }
            tellWatches(to, IN_MOVE_SELF, 0, "");
        }
    }
}
