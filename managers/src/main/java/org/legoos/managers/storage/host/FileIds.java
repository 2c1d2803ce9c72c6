package org.legoos.managers.storage.host;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.legoos.isa.libc.HostStat;

/**
 * Inode numbers as programs see them: the host's, the same however often asked and different for different files. Files of
 * other file systems below the directory get the number of theirs in the top bits. A file that an overlay has copied
 * keeps the number that it had.
 */
final class FileIds {
    private static final int DEVICE_SHIFT = 56;
    private static final int DEVICES_MAX = 255;
    private static final int COPIES_MAX = 1 << 20;

    private record Copy(long device, long inode) {}

    private final List<Long> devices = new CopyOnWriteArrayList<>();
    private final ConcurrentHashMap<Copy, Long> copies = new ConcurrentHashMap<>();

    FileIds(long firstDevice) {
        devices.add(firstDevice);
    }

    long of(HostStat stat) {
        return of(stat.device(), stat.inode());
    }

    long of(long device, long inode) {
        Long before = copies.isEmpty() ? null : copies.get(new Copy(device, inode));
        return before != null ? before : inode ^ (long) index(device) << DEVICE_SHIFT;
    }

    private int index(long device) {
        int index = devices.indexOf(device);
        if (index >= 0) {
            return index;
        }
        synchronized (devices) {
            index = devices.indexOf(device);
            if (index < 0 && devices.size() < DEVICES_MAX) {
                devices.add(device);
                index = devices.size() - 1;
            }
            return index < 0 ? DEVICES_MAX : index;
        }
    }

    /** A file was copied: what is at stat now goes on with the number of before. */
    void copied(long before, HostStat stat) {
        if (copies.size() < COPIES_MAX) {
            copies.put(new Copy(stat.device(), stat.inode()), before);
        }
    }

    /** The host may give the number to another file now. */
    void removed(HostStat stat) {
        copies.remove(new Copy(stat.device(), stat.inode()));
    }
}
