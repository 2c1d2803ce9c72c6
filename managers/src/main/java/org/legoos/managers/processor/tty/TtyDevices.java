package org.legoos.managers.processor.tty;

import java.util.Collection;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.fs.PseudoNode;

/** The names under which terminals are opened: /dev/ptmx, /dev/tty and the directory /dev/pts. */
public final class TtyDevices {
    private static final int AUX_MAJOR = 5;
    private static final int TTY_MINOR = 0;
    private static final int PTMX_MINOR = 2;
    private static final int WORLD_RW = 0666;

    private TtyDevices() {}

    public static PseudoNode ptmx() {
        return new PseudoNode.Device(WORLD_RW, AUX_MAJOR, PTMX_MINOR, PtyMaster::open);
    }

    /**
     * /dev/tty: the controlling terminal.
     *
     * @param otherwise opens what stands for one that is not a pseudo-terminal of this node, or throws ENXIO
     */
    public static PseudoNode tty(PseudoNode.Opener otherwise) {
        return new PseudoNode.Device(WORLD_RW, AUX_MAJOR, TTY_MINOR, (t, path, flags) -> {
            Tty tty = t.process().manager().terminals().controlling(t.process().sessionId());
            return tty == null ? otherwise.open(t, path, flags) : TtyFile.open(t, tty, flags);
        });
    }

    /** /dev/pts. */
    public static PseudoNode.Directory slaves() {
        PseudoNode ptmx = ptmx();
        return new PseudoNode.Directory() {
            @Override
            public PseudoNode lookup(UserThread t, String name) {
                if (name.equals("ptmx")) {
                    return ptmx;
                }
                Tty tty = name.matches("0|[1-9][0-9]{0,3}") ? t.process().manager().terminals().find(Integer.parseInt(name)) : null;
                return tty == null ? null : new PseudoNode.Device(tty.attributes(), Tty.SLAVE_MAJOR, tty.index(),
                        (opener, path, flags) -> openSlave(opener, tty, flags));
            }

            @Override
            public Collection<String> names(UserThread t) {
                return t.process().manager().terminals().indices().stream().map(String::valueOf).toList();
            }
        };
    }

    private static OpenFile openSlave(UserThread t, Tty tty, int flags) {
        if (!tty.isMasterOpen()) {
            throw SysError.of(Errno.EIO);
        }
        return TtyFile.open(t, tty, flags);
    }
}
