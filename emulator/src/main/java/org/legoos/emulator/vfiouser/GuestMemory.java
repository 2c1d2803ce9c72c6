package org.legoos.emulator.vfiouser;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.legoos.isa.libc.Descriptor;
import org.legoos.isa.memory.Dma;
import org.legoos.isa.memory.PhysicalMemory;

/**
 * The memory of a virtual machine as its vfio-user client lends it: ranges of I/O addresses in files that it passed.
 * Each file is mapped once as a whole, so a virtual IOMMU may map it page by page; descriptors are closed at once.
 * RAM that came without a file is reached by messages: a copy of it is fetched before it is read and sent after it
 * was written.
 *
 * <p>A segment that {@link #backing} returns is laid out so that an I/O address is its own offset. Nobody can
 * therefore miss when a range goes away between two calls: memory that somebody still refers to stays mapped.
 * Ranges are changed by one thread and read by any, without a lock.
 */
final class GuestMemory implements Dma {
    private static final int FILES_MAX = 64;
    /** Mappings that copies may take of the 65530 that Linux gives a process. */
    private static final int COPIES_MAX = 16_384;
    private static final long COPY_BYTES_MAX = PhysicalMemory.MAX_SIZE_BYTES;

    /** What can fetch and store memory for which no file was passed: messages to the client. */
    interface Remote {
        boolean read(long guestPa, MemorySegment to, long at, long lengthBytes);

        boolean write(long guestPa, MemorySegment from, long at, long lengthBytes);
    }

    /**
     * @param file null: address space without a file behind it
     * @param isCopy the memory is a copy of ours of what only the client can reach
     */
    private record Range(
            long start, long end, MappedFile file, long fileOffset, MemorySegment memory, boolean isCopy) {
        static Range of(long start, long end, MappedFile file, long fileOffset, boolean isCopy) {
            MemorySegment memory = file == null ? null : MemorySegment
                    .ofAddress(file.memory().address() + fileOffset - start)
                    .reinterpret(end, file.arena(), null);
            return new Range(start, end, file, fileOffset, memory, isCopy);
        }

        Range part(long from, long to) {
            return of(from, to, file, fileOffset + from - start, isCopy);
        }
    }

    /** @param arena keeps {@code memory} mapped while anything of it is reachable */
    private record MappedFile(Descriptor.FileId id, MemorySegment memory, Arena arena) {}

    private static final Range[] EMPTY = {};

    private volatile Range[] ranges = EMPTY; // by address, not overlapping
    private volatile boolean hasCopies;
    private volatile Remote remote; // null: no client
    private final Map<Descriptor.FileId, MappedFile> files = new HashMap<>(); // the serving thread's

    @Override
    public MemorySegment backing(long guestPa, long lengthBytes) {
        if (guestPa < 0 || lengthBytes < 0) {
            return null;
        }
        Range range = find(guestPa);
        return range != null && lengthBytes <= range.end - guestPa ? range.memory : null;
    }

    private Range find(long guestPa) {
        Range[] now = ranges;
        int low = 0;
        int high = now.length - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            Range range = now[middle];
            if (guestPa < range.start) {
                high = middle - 1;
            } else if (guestPa >= range.end) {
                low = middle + 1;
            } else {
                return range;
            }
        }
        return null;
    }

    @Override
    public boolean beforeRead(long guestPa, long lengthBytes) {
        if (!hasCopies) {
            return true;
        }
        Range range = find(guestPa);
        Remote client = remote;
        return range == null || !range.isCopy
                || client != null && client.read(guestPa, range.memory, guestPa, lengthBytes);
    }

    @Override
    public void afterWrite(long guestPa, long lengthBytes) {
        if (!hasCopies) {
            return;
        }
        Range range = find(guestPa);
        Remote client = remote;
        if (range != null && range.isCopy && client != null) {
            client.write(guestPa, range.memory, guestPa, lengthBytes);
        }
    }

    /** A client came, or went (null). */
    void connect(Remote client) {
        remote = client;
    }

    @Override
    public long offset(long guestPa) {
        return guestPa;
    }

    int rangeCount() {
        return ranges.length;
    }

    /**
     * A new range; what it overlaps is replaced.
     *
     * @param fd the file, or NONE; stays the caller's
     * @param isWritable RAM, which without a file is reached through the client
     * @return 0 or the errno that says why not
     */
    int map(long address, long sizeBytes, int fd, long fileOffset, boolean isWritable) {
        if (sizeBytes <= 0 || address < 0 || address > Long.MAX_VALUE - sizeBytes) {
            return Protocol.EINVAL;
        }
        MappedFile file = null;
        if (fd != Descriptor.NONE) {
            file = open(fd);
            if (file == null || fileOffset < 0 || fileOffset > file.id.sizeBytes() - sizeBytes) {
                return Protocol.EINVAL;
            }
        } else if (isWritable) {
            file = copyOf(sizeBytes);
            if (file == null) {
                return Protocol.ENOSPC;
            }
        }
        boolean isCopy = file != null && fd == Descriptor.NONE;
        Range[] others = without(address, address + sizeBytes);
        if (others.length >= Protocol.MAX_DMA_MAPS) {
            return Protocol.ENOSPC;
        }
        Range added = Range.of(address, address + sizeBytes, file, isCopy ? 0 : fileOffset, isCopy);
        hasCopies |= isCopy;
        int at = 0;
        while (at < others.length && others[at].start < address) {
            at++;
        }
        Range[] grown = new Range[others.length + 1];
        System.arraycopy(others, 0, grown, 0, at);
        grown[at] = added;
        System.arraycopy(others, at, grown, at + 1, others.length - at);
        ranges = grown;
        return 0;
    }

    /** Takes a range away, mapped or not. */
    void unmap(long address, long sizeBytes) {
        long end = address + sizeBytes;
        if (address < 0 || sizeBytes == 0) {
            return; // nothing can be there
        }
        ranges = without(address, end < address ? Long.MAX_VALUE : end);
        forgetFiles();
    }

    void clear() {
        ranges = EMPTY;
        hasCopies = false;
        files.clear();
    }

    /** Room for a copy of the client's memory; costs nothing until it is touched. Null: too much of it. */
    private MappedFile copyOf(long sizeBytes) {
        long othersBytes = 0;
        int others = 0;
        for (Range range : ranges) {
            othersBytes += range.isCopy ? range.end - range.start : 0;
            others += range.isCopy ? 1 : 0;
        }
        if (sizeBytes > COPY_BYTES_MAX - othersBytes || others >= COPIES_MAX
                || (sizeBytes & Protocol.PAGE_BYTES - 1) != 0) {
            return null;
        }
        Arena arena = Arena.ofAuto(); // as for files; its end is what lets the copy go
        MemorySegment copy;
        try {
            copy = PhysicalMemory.ofSize(sizeBytes).segment();
        } catch (OutOfMemoryError e) {
            return null; // of address space, which the client asks for
        }
        return new MappedFile(
                null, copy.reinterpret(sizeBytes, arena, gone -> Reference.reachabilityFence(copy)), arena);
    }

    private Range[] without(long from, long to) {
        Range[] now = ranges;
        Range[] kept = new Range[now.length + 1]; // cutting out of the middle leaves one more
        int count = 0;
        for (Range range : now) {
            if (range.end <= from || range.start >= to) {
                kept[count++] = range;
                continue;
            }
            if (range.start < from) {
                kept[count++] = range.part(range.start, from);
            }
            if (range.end > to) {
                kept[count++] = range.part(to, range.end);
            }
        }
        return Arrays.copyOf(kept, count);
    }

    /** The file behind a descriptor, mapped; null when it cannot be, or when there are too many. */
    private MappedFile open(int fd) {
        try {
            Descriptor.FileId id = Descriptor.identify(fd);
            MappedFile known = files.get(id);
            if (known != null) {
                return known;
            }
            if (files.size() >= FILES_MAX) {
                forgetFiles();
            }
            if (files.size() >= FILES_MAX || id.sizeBytes() <= 0) {
                return null;
            }
            Arena arena = Arena.ofAuto(); // ends when neither a range nor a device refers to its memory
            MappedFile opened = new MappedFile(id, Descriptor.mapShared(fd, id.sizeBytes(), arena), arena);
            files.put(id, opened);
            return opened;
        } catch (IOException e) {
            return null;
        }
    }

    private void forgetFiles() {
        Range[] now = ranges;
        files.values().removeIf(file -> Arrays.stream(now).noneMatch(range -> range.file == file));
    }
}
