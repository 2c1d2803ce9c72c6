package org.legoos.managers.processor.mm;

import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.pcache.Pcache;
import org.legoos.managers.processor.pcache.PcacheSpace;

/** {@link FileMemory} on an address space whose one range is a shared mapping of the file. */
final class FileObject extends SharedObject implements FileMemory {
    private static final int FLAGS = Linux.MAP_SHARED | Linux.MAP_FIXED | Linux.MAP_NORESERVE;

    private final Pcache pcache;
    private final PcacheSpace space;
    private final Owner owner;
    private int users = 1; // guarded by this

    private FileObject(ProcessAddressSpace backing, Pcache pcache, Owner owner) {
        super(backing, null);
        this.pcache = pcache;
        this.space = backing.pcacheSpace();
        this.owner = owner;
    }

    /** @param backing an empty address space, which becomes the object's. @return null when the home cannot map the file */
    static FileObject create(ProcessAddressSpace backing, Pcache pcache, String path, Owner owner) {
        long va = backing.mmap(BASE_VA, SIZE_MAX, Linux.PROT_ALL, FLAGS, path, 0);
        return va == BASE_VA ? new FileObject(backing, pcache, owner) : null;
    }

    @Override
    boolean isFile() {
        return true;
    }

    @Override
    String name() {
        return owner.name();
    }

    /** How much can be mapped; the file's end is its home's to know. */
    @Override
    public long sizeBytes() {
        return SIZE_MAX;
    }

    @Override
    public long resize(long newSizeBytes) {
        return -Errno.EINVAL;
    }

    @Override
    public long punch(long offset, long lengthBytes) {
        return owner.punch(offset, lengthBytes);
    }

    /** msync(2) of what ranges show of files. @return 0 or -EIO */
    static int collect(RangeMap ranges, long startVa, long endVa, boolean isSync) {
        int result = 0;
        for (int i = ranges.firstEndingAfter(startVa); i < ranges.count() && ranges.get(i).startVa() < endVa; i++) {
            Range range = ranges.get(i);
            if (range.isShared() && range.object() instanceof FileObject file && file.tryRetain()) {
                long from = range.fileOffset() + Math.max(startVa, range.startVa()) - range.startVa();
                int error = file.collect(from, range.fileOffset() + Math.min(endVa, range.endVa()) - range.startVa());
                error = error == 0 && isSync ? file.owner.sync() : error;
                file.release();
                result = error != 0 ? -Errno.EIO : result;
            }
        }
        return result;
    }

    @Override
    public synchronized boolean isMapped() {
        return users > 0;
    }

    @Override
    public synchronized void retain() {
        users++;
    }

    @Override
    public synchronized boolean tryRetain() {
        users += users > 0 ? 1 : 0;
        return users > 0;
    }

    @Override
    public void release() {
        synchronized (this) {
            if (--users > 0) {
                return;
            }
            pcache.sendHome(space, BASE_VA, BASE_VA + SIZE_MAX);
            backing().destroy();
        }
        owner.ended();
    }

    /** Where a page after an offset lies, within the object. */
    private long endVa(long toOffset) {
        return BASE_VA + (toOffset >= SIZE_MAX ? SIZE_MAX : Linux.pageUp(toOffset));
    }

    private long startVa(long fromOffset) {
        return BASE_VA + Math.min(SIZE_MAX, Linux.pageDown(Math.max(0, fromOffset)));
    }

    @Override
    public synchronized int collect(long fromOffset, long toOffset) {
        return users == 0 ? 0 : pcache.clean(space, startVa(fromOffset), endVa(toOffset));
    }

    @Override
    public synchronized int hold(long fromOffset, long toOffset) {
        return pcache.hold(space, startVa(fromOffset), endVa(toOffset));
    }

    @Override
    public void letGo(long fromOffset, long toOffset) {
        pcache.letGo(space, startVa(fromOffset), endVa(toOffset));
    }

    @Override
    public synchronized int sendHome(long fromOffset, long toOffset) {
        return users == 0 ? 0 : pcache.sendHome(space, startVa(fromOffset), endVa(toOffset));
    }

    @Override
    public synchronized void forget(long fromOffset, long toOffset) {
        if (users > 0) {
            pcache.drop(space, startVa(fromOffset), endVa(toOffset));
        }
    }
}
