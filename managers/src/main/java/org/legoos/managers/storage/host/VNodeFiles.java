package org.legoos.managers.storage.host;

import org.legoos.isa.libc.HostFs;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.syscall.Errno;

/** Opens the directories of the host that a vNode's files are in. */
public final class VNodeFiles {
    private static final String OWN_DIRECTORY = ".lego-storage";
    private static final String UPPER = "upper";
    private static final String WORK = "work";
    private static final int DIRECTORY_MODE = 0755;

    /** What becomes of the host's directory. */
    public enum Mode { WRITABLE, READ_ONLY, OVERLAY }

    /**
     * One vNode.
     *
     * @param id its number; @param root directory of the host; @param overlay where the changes go (its directories upper, in the
     *     form of a container image's layer, and work); null when there is none; @param method how paths are opened
     * @param keepsOwners whether owners, special modes and types are kept beside the files instead of being the host files' own, which
     *     takes the host's root
     */
    public record Mount(int id, String root, Mode mode, String overlay, HostTree.Method method, boolean keepsOwners) {
        public Mount(int id, String root, Mode mode, String overlay, HostTree.Method method) {
            this(id, root, mode, overlay, method, HostFs.euid() != 0);
        }
    }

    private VNodeFiles() {}

    /** IllegalArgumentException says what is wrong with a directory. */
    public static HostFiles open(Mount mount, Clock clock) {
        HostTree root = tree(mount.root(), mount.method());
        String run = "run-" + ProcessHandle.current().pid() + "-" + Long.toHexString(clock.wallTimeNs());
        Layers layers = switch (mount.mode()) {
            case READ_ONLY -> new Layers(null, root, OWN_DIRECTORY, null);
            case WRITABLE -> new Layers(root, null, OWN_DIRECTORY, new HiddenFiles(root.rootFd(), OWN_DIRECTORY, run));
            case OVERLAY -> overlay(mount, root, run);
        };
        return new HostFiles(layers, clock, !mount.keepsOwners());
    }

    private static HostTree tree(String directory, HostTree.Method method) {
        int[] errno = new int[1];
        HostTree tree = HostTree.open(directory, method, errno);
        if (tree == null) {
            throw new IllegalArgumentException("cannot open " + directory + ": " + Errno.name(errno[0]));
        }
        return tree;
    }

    private static Layers overlay(Mount mount, HostTree root, String run) {
        HostTree base = tree(mount.overlay(), HostTree.Method.WALK);
        for (String directory : new String[] {UPPER, WORK}) {
            int error = HostFs.mkdirat(base.rootFd(), directory, DIRECTORY_MODE);
            if (error != 0 && error != -Errno.EEXIST) {
                throw new IllegalArgumentException("cannot make " + mount.overlay() + "/" + directory + ": " + Errno.name(-error));
            }
        }
        int lock = HostFs.openat(base.rootFd(), WORK, HostFs.O_RDONLY | HostFs.O_DIRECTORY | HostFs.O_NOFOLLOW, 0);
        if (lock < 0 || HostFs.lockExclusively(lock) != 0) {
            HostFs.close(lock);
            throw new IllegalArgumentException(mount.overlay() + " is in use by another cluster");
        }
        HostTree upper = tree(mount.overlay() + "/" + UPPER, mount.method());
        return new Layers(upper, root, OWN_DIRECTORY, new HiddenFiles(lock, "aside", run), base, lock);
    }
}
