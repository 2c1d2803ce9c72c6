package org.legoos.managers.processor.fs;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.UserThread;

/** Opening /dev/tty: the launcher's terminal, when one of the process's descriptors is it. */
final class TerminalAlias {
    private TerminalAlias() {}

    /** @return the terminal's open file with one more reference, or ENXIO without a terminal */
    static OpenFile open(UserThread t, int flags) {
        for (int fd = 0; fd < t.files().size(); fd++) {
            if (t.files().find(fd) instanceof StdioFile file && file.isTerminal()) {
                return file.retain();
            }
        }
        throw SysError.of(Errno.ENXIO);
    }
}
