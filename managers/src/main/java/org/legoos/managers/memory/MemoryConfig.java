package org.legoos.managers.memory;

import java.util.List;
import org.legoos.managers.memory.ramfs.RamfsImage;

/**
 * What a memory manager is started with beside the node's .config.
 *
 * @param files what ramfs holds from the start: CONFIG_RAMFS_OBJECT_FILE and whatever else the launcher chose
 */
public record MemoryConfig(List<GuestFile> files) {
    /** A file of the image: absolute guest path, permission bits, content. */
    public record GuestFile(String guestPath, int permissions, RamfsImage content) {}
}
