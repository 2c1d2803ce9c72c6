package org.legoos.managers.storage.host;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.legoos.isa.libc.HostFs;
import org.legoos.isa.libc.HostStat;
import org.legoos.kernel.syscall.Errno;

/**
 * Directory listings without any state between two requests: entries come in the order of a hash of their names, and a position
 * is the hash where to go on. So a position means the same after entries were added or removed, after a restart,
 * and whether one layer or two were read; every entry that is there all the time is seen exactly once. What was read is kept
 * for a while, because a large directory is asked for piece by piece.
 */
public final class Listing {
    /** Positions of "." and ".."; the others are above. */
    private static final long DOT = 0;
    private static final long DOT_DOT = 1;
    private static final long FIRST_HASH = 2;
    private static final int KEPT_MAX = 16;
    /** The host's clock for times of files may be coarse: what changed just now may change again and show the same time. */
    private static final long SETTLED_NS = 50_000_000;
    private static final int READ_BYTES = 256 << 10;
    private static final int DT_FIFO = 1;

    /** @param position at or after which a request finds it */
    public record Entry(long position, String name, long inode, int type) {}

    /** What tells that a directory is as it was: its identity and times in both layers. */
    private record Version(long upper, long upperTimeNs, long lower, long lowerTimeNs, long latestNs) {}

    private record Kept(Version version, List<Entry> entries) {}

    private final HostFiles files;
    private final Layers layers;
    private final Map<String, Kept> kept = new LinkedHashMap<>(KEPT_MAX, 0.75f, true) { // guarded by itself
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
            return size() > KEPT_MAX;
        }
    };

    Listing(HostFiles files) {
        this.files = files;
        this.layers = files.layers();
    }

    /**
     * Entries of a directory from a position on.
     *
     * @param errno gets a negative errno in [0]; the result is null then
     */
    List<Entry> from(Place place, long position, int[] errno) {
        List<Entry> all = all(place, errno);
        if (all == null) {
            return null;
        }
        int low = 0;
        int high = all.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (all.get(middle).position < position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return all.subList(low, all.size());
    }

    boolean isEmpty(String path) {
        try (Place place = new Place()) {
            int[] errno = new int[1];
            List<Entry> all = layers.find(path, place) == 0 && place.exists() ? all(place, errno) : null;
            return all != null && all.size() == (int) FIRST_HASH;
        }
    }

    private List<Entry> all(Place place, int[] errno) {
        String path = place.path;
        HostStat scratch = new HostStat();
        Layers.Where where = !layers.isOverlay() ? layers.upper != null ? Layers.Where.UPPER : Layers.Where.LOWER
                : layers.where(path, scratch);
        if (where == null) {
            errno[0] = -Errno.ENOENT;
            return null;
        }
        int upperFd = where.isUpper() ? layers.upper.openDirectory(path) : Place.NONE;
        int lowerFd = where.isLower() ? layers.lower.openDirectory(path) : Place.NONE;
        try {
            if (upperFd < 0 && lowerFd < 0 && upperFd != -Errno.ENOENT && lowerFd != -Errno.ENOENT) {
                errno[0] = where.isUpper() ? upperFd : lowerFd;
                return null;
            }
            Version version = version(upperFd, lowerFd, scratch);
            synchronized (kept) {
                Kept before = kept.get(path);
                if (before != null && before.version.equals(version)) {
                    return before.entries;
                }
            }
            List<Entry> entries = read(place, upperFd, lowerFd, errno);
            if (entries != null && files.wallTimeNs() - version.latestNs > SETTLED_NS) {
                synchronized (kept) {
                    kept.put(path, new Kept(version, entries));
                }
            }
            return entries;
        } finally {
            HostFs.close(upperFd);
            HostFs.close(lowerFd);
        }
    }

    private static Version version(int upperFd, int lowerFd, HostStat scratch) {
        boolean isUpper = upperFd >= 0 && HostFs.stat(upperFd, "", scratch) == 0;
        long upper = isUpper ? scratch.inode() : 0;
        long upperTime = isUpper ? scratch.mtimeNs() * 31 + scratch.ctimeNs() : 0;
        long latest = isUpper ? Math.max(scratch.mtimeNs(), scratch.ctimeNs()) : 0;
        boolean isLower = lowerFd >= 0 && HostFs.stat(lowerFd, "", scratch) == 0;
        long lowerTime = isLower ? scratch.mtimeNs() * 31 + scratch.ctimeNs() : 0;
        latest = isLower ? Math.max(latest, Math.max(scratch.mtimeNs(), scratch.ctimeNs())) : latest;
        return new Version(upper, upperTime, isLower ? scratch.inode() : 0, lowerTime, latest);
    }

    private List<Entry> read(Place place, int upperFd, int lowerFd, int[] errno) {
        Map<String, DirectoryReader.Entry> found = new HashMap<>();
        Map<String, Long> devices = new HashMap<>();
        Set<String> covered = new HashSet<>();
        HostStat stat = new HostStat();
        int error = 0;
        if (upperFd >= 0) {
            error = readLayer(upperFd, stat, found, devices, covered);
        }
        if (lowerFd >= 0 && error == 0) {
            error = readLayer(lowerFd, stat, found, devices, covered);
        }
        if (error != 0) {
            errno[0] = error;
            return null;
        }
        List<Entry> entries = new ArrayList<>(found.size() + 2);
        for (DirectoryReader.Entry entry : found.values()) {
            if (!layers.isReserved(place.path, entry.name())) {
                long inode = files.ids().of(devices.get(entry.name()), entry.inode());
                int type = entry.type() == DT_FIFO ? 0 : entry.type(); // or a device: see OwnerTable
                entries.add(new Entry(hash(entry.name()), entry.name(), inode, type));
            }
        }
        entries.sort(Comparator.comparingLong(Entry::position).thenComparing(Entry::name));
        makeDistinct(entries);
        entries.addFirst(new Entry(DOT_DOT, "..", files.parentInode(place), HostStat.S_IFDIR >> 12));
        entries.addFirst(new Entry(DOT, ".", files.ids().of(place.stat), HostStat.S_IFDIR >> 12));
        return entries;
    }

    private int readLayer(int pathFd, HostStat stat, Map<String, DirectoryReader.Entry> found, Map<String, Long> devices,
            Set<String> covered) {
        int fd = HostFs.reopen(pathFd, HostFs.O_RDONLY | HostFs.O_DIRECTORY);
        int error = fd < 0 ? fd : HostFs.stat(fd, "", stat);
        if (error != 0) {
            HostFs.close(fd);
            return error;
        }
        Set<String> hides = new HashSet<>();
        try (Arena arena = Arena.ofConfined()) {
            for (DirectoryReader.Entry entry : DirectoryReader.read(fd, arena.allocate(READ_BYTES, Long.BYTES))) {
                if (layers.isOverlay() && Whiteouts.isReserved(entry.name())) {
                    hides.add(entry.name().substring(Whiteouts.PREFIX.length()));
                } else if (!covered.contains(entry.name()) && found.putIfAbsent(entry.name(), entry) == null) {
                    devices.put(entry.name(), stat.device());
                }
            }
        } finally {
            HostFs.close(fd);
        }
        covered.addAll(hides);
        return 0;
    }

    /** FNV-1a over the name, folded to a positive position above those of "." and "..", with room behind it. */
    static long hash(String name) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        hash ^= hash >>> 29;
        return Math.max(FIRST_HASH << 8, hash & Long.MAX_VALUE >> 1 & -256L);
    }

    /** Names of the same hash get consecutive positions. */
    private static void makeDistinct(List<Entry> entries) {
        for (int i = 1; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            long least = entries.get(i - 1).position + 1;
            if (entry.position < least) {
                entries.set(i, new Entry(least, entry.name, entry.inode, entry.type));
            }
        }
    }

    static void removeWhiteouts(int directoryFd) {
        try (Arena arena = Arena.ofConfined()) {
            for (DirectoryReader.Entry entry : DirectoryReader.read(directoryFd, arena.allocate(READ_BYTES, Long.BYTES))) {
                if (Whiteouts.isReserved(entry.name())) {
                    HostFs.unlinkat(directoryFd, entry.name(), 0);
                }
            }
        }
    }
}
