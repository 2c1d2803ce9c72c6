package org.legoos.managers.processor.fs;

import java.util.List;
import org.legoos.managers.processor.core.ProcessorManager;
import org.legoos.managers.processor.memfile.SharedFileSystem;
import org.legoos.managers.processor.proc.ProcTree;
import org.legoos.managers.processor.proc.SysTree;
import org.legoos.managers.processor.tty.TtyDevices;

/** The name space that every program finds. */
public final class Mounts {
    private static final long PROC_MAGIC = 0x9fa0;
    private static final long SYSFS_MAGIC = 0x62656572;
    private static final long DEVPTS_MAGIC = 0x1cd1;
    private static final long TMPFS_MAGIC = 0x01021994;

    private Mounts() {}

    public static Vfs standard(ProcessorManager manager) {
        return new Vfs(List.of(
                new PseudoFileSystem("/proc", "proc", PROC_MAGIC, 4, ProcTree.of(manager)),
                new PseudoFileSystem("/sys", "sysfs", SYSFS_MAGIC, 5, SysTree.of(manager)),
                new PseudoFileSystem("/dev/pts", "devpts", DEVPTS_MAGIC, 7, TtyDevices.slaves()),
                new SharedFileSystem(),
                new PseudoFileSystem("/dev", "devtmpfs", TMPFS_MAGIC, 6, devices()),
                new RemoteFileSystem(
                        manager.clock(), manager.kernel().config().integer("FIT_LOCAL_ID"),
                        manager.kernel().config().bool("USE_RAMFS"), manager::newFileService)));
    }

    private static PseudoNode.Directory devices() {
        return new PseudoNode.Fixed()
                .put("null", memory(3, CharDevice.Kind.NULL))
                .put("zero", memory(5, CharDevice.Kind.ZERO))
                .put("full", memory(7, CharDevice.Kind.FULL))
                .put("random", memory(8, CharDevice.Kind.RANDOM))
                .put("urandom", memory(9, CharDevice.Kind.RANDOM))
                .put("tty", TtyDevices.tty((t, path, flags) -> TerminalAlias.open(t, flags)))
                .put("ptmx", TtyDevices.ptmx())
                .put("pts", new PseudoNode.Fixed())
                .put("shm", new PseudoNode.Fixed())
                .put("stdin", PseudoNode.link(t -> "/proc/self/fd/0"))
                .put("stdout", PseudoNode.link(t -> "/proc/self/fd/1"))
                .put("stderr", PseudoNode.link(t -> "/proc/self/fd/2"))
                .put("fd", PseudoNode.link(t -> "/proc/self/fd"));
    }

    private static PseudoNode memory(int minor, CharDevice.Kind kind) {
        return new PseudoNode.Device(0666, 1, minor, (t, path, flags) -> new CharDevice(kind, minor, path, flags));
    }
}
