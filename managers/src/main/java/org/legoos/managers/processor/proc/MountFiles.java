package org.legoos.managers.processor.proc;

import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.fs.FileSystem;

/** /proc/PID/mounts and mountinfo. */
final class MountFiles {
    private MountFiles() {}

    static String mounts(Process p) {
        StringBuilder text = new StringBuilder();
        for (FileSystem fs : p.manager().vfs().mounts().reversed()) {
            text.append(source(fs)).append(' ').append(fs.mountPoint()).append(' ').append(fs.type()).append(" rw 0 0\n");
        }
        return text.toString();
    }

    static String mountinfo(Process p) {
        StringBuilder text = new StringBuilder();
        int id = 1;
        for (FileSystem fs : p.manager().vfs().mounts().reversed()) {
            text.append(id).append(' ').append(id == 1 ? 0 : 1).append(" 0:").append(id).append(" / ").append(fs.mountPoint())
                    .append(" rw - ").append(fs.type()).append(' ').append(source(fs)).append(" rw\n");
            id++;
        }
        return text.toString();
    }

    private static String source(FileSystem fs) {
        return fs.mountPoint().equals("/") ? "rootfs" : fs.type();
    }
}
