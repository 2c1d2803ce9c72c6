package org.legoos.kernel.ib;

/**
 * A region whose pages are set by work requests (Linux: IB_MR_TYPE_MEM_REG): REG_MR makes it valid, LOCAL_INV or a peer's
 * SEND with invalidate ends that, after which it may be registered again, best with the next key.
 */
public interface FastRegion extends MemoryRegion {
    /**
     * What the next REG_MR maps: 4 KiB pages of memory that appear from {@code virtualAddress} on; the offset in the first
     * page is that of the address. Not while a REG_MR or use of it is under way.
     *
     * @return 0, or -EINVAL for more pages than it was made for, or a length that they do not hold
     */
    int setPages(long virtualAddress, long lengthBytes, long[] pagePas, int pageCount);

    /** Changes the key, so that who has the old one cannot use the next registration (ib_update_fast_reg_key). */
    int nextKey();
}
