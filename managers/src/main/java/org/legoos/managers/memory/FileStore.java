package org.legoos.managers.memory;

import org.legoos.managers.memory.vm.MappedFile;

/** Where the files come from that a memory node maps and executes: its ramfs, or a storage node behind the page cache. */
public interface FileStore {
    /** What {@link #find} gives: a file (counted as mapped once; the caller releases it) or a negative errno. */
    record Found(MappedFile mapped, int errno) {
        /** For an optional file that was not asked for. */
        public static final Found NOTHING = new Found(null, 0);

        public static Found failed(int errno) {
            return new Found(null, errno);
        }
    }

    /**
     * Looks up a regular file to map or execute, for a processor that has checked whether its program may. For workers: may ask
     * another node.
     *
     * @param vnode whose files
     * @param path normalised, without symbolic links
     */
    Found find(int vnode, String path, boolean forExec);
}
