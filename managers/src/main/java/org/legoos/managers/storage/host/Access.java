package org.legoos.managers.storage.host;

import org.legoos.isa.libc.HostStat;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.rpc.Caller;

/**
 * What a program's user may do (path_resolution(7), "Permissions"). The host's kernel checks what the storage manager's own
 * user may; this is the guest's side of it, by the caller's capabilities.
 */
final class Access {
    static final int EXEC = 1;
    static final int WRITE = 2;
    static final int READ = 4;
    private static final int S_ISVTX = 01000;

    private final Layers layers;
    private final FileAttributes attributes;

    Access(Layers layers, FileAttributes attributes) {
        this.layers = layers;
        this.attributes = attributes;
    }

    /** @param wanted EXEC, WRITE, READ together */
    static boolean allows(FileAttributes.Owned file, Caller who, int wanted) {
        boolean isDirectory = (file.mode() & HostStat.S_IFMT) == HostStat.S_IFDIR;
        return who.allows(file.mode(), file.uid(), file.gid(), isDirectory, wanted);
    }

    /** Whether the caller may search every directory on the way. @return 0 or a negative errno */
    int search(String path, Caller who) {
        if (who.maySearchAll() || who.isHolder() || HiddenFiles.isHidden(path)) {
            return 0;
        }
        for (String at = Layers.parent(path); ; at = Layers.parent(at)) {
            int error = directory(at, who, EXEC);
            if (error != 0 || at.length() == 1) {
                return error;
            }
        }
    }

    private int directory(String path, Caller who, int wanted) {
        try (Place place = new Place()) {
            int error = layers.peek(path, place);
            if (error == 0 && !place.exists()) {
                return -Errno.ENOENT;
            }
            return error != 0 ? error : allows(attributes.of(place), who, wanted) ? 0 : -Errno.EACCES;
        }
    }

    /** Whether the caller may make a name. @return 0 or a negative errno */
    int make(String path, Caller who) {
        return who.has(Caller.CAP_DAC_OVERRIDE) || HiddenFiles.isHidden(path) ? 0 : directory(Layers.parent(path), who, WRITE | EXEC);
    }

    /** Whether the caller may remove or rename what is at a place: in a sticky directory only its owner may. */
    int remove(Place place, Caller who) {
        if (who.has(Caller.CAP_DAC_OVERRIDE) && who.has(Caller.CAP_FOWNER) || HiddenFiles.isHidden(place.path)) {
            return 0;
        }
        try (Place parent = new Place()) {
            int error = layers.find(Layers.parent(place.path), parent);
            if (error != 0 || !parent.exists()) {
                return error != 0 ? error : -Errno.ENOENT;
            }
            FileAttributes.Owned directory = attributes.of(parent);
            if (!allows(directory, who, WRITE | EXEC)) {
                return -Errno.EACCES;
            }
            boolean isSticky = (directory.mode() & S_ISVTX) != 0;
            boolean owns = who.uid() == directory.uid() || who.actsFor(attributes.of(place).uid());
            return isSticky && !owns ? -Errno.EPERM : 0;
        }
    }
}
