package org.legoos.emulator.stdio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.legoos.managers.processor.core.Stdio;

/** What the launcher's own descriptors 0 to 2 are, read from /proc/self/fd. */
public final class HostFd {
    private HostFd() {}

    /**
     * Whether the launcher was started without this descriptor. The JVM's own files take such a number, so the
     * start script says so in the property legoos.closed; without it, a file of the JDK betrays it.
     */
    public static boolean isClosed(int fd) {
        if (System.getProperty("legoos.closed", "").contains(Integer.toString(fd))) {
            return true;
        }
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd)).startsWith(System.getProperty("java.home"));
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static Stdio.Kind kind(int fd) {
        String target;
        try {
            target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd)).toString();
        } catch (IOException e) {
            return Stdio.Kind.PIPE;
        }
        if (target.equals("/dev/null")) {
            return Stdio.Kind.NULL;
        }
        if (target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console")) {
            return Stdio.Kind.TTY;
        }
        return target.startsWith("/") && Files.isRegularFile(Path.of(target)) ? Stdio.Kind.FILE : Stdio.Kind.PIPE;
    }
}
