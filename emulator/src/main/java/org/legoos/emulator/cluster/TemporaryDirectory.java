package org.legoos.emulator.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.legoos.isa.libc.HostFs;

/**
 * A directory of the host for one run, for logs, a root or an overlay; it goes with all that is in it when it is closed. A run that
 * is killed cannot do that: so each directory carries a flock(2) for as long as its process lives, and who makes the next one
 * removes those of the same user that nobody holds any more, in the background.
 */
public final class TemporaryDirectory implements AutoCloseable {
    /** What the name of each begins with: whatever has it and carries no lock is a leftover. */
    static final String PREFIX = "legoos-run-";

    private static final int OPEN = HostFs.O_RDONLY | HostFs.O_DIRECTORY | HostFs.O_NOFOLLOW | HostFs.O_CLOEXEC;
    private static final int ATTEMPTS = 8;
    private static final AtomicBoolean IS_SWEPT = new AtomicBoolean();

    private final Path path;
    private final int lockFd;

    private TemporaryDirectory(Path path, int lockFd) {
        this.path = path;
        this.lockFd = lockFd;
    }

    /** @param use what it is for, in its name */
    public static TemporaryDirectory create(String use) throws IOException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        if (IS_SWEPT.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("leftovers").start(() -> removeLeftovers(parent));
        }
        return createIn(parent, use);
    }

    static TemporaryDirectory createIn(Path parent, String use) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Path made = Files.createTempDirectory(parent, PREFIX + use + "-");
            int fd = lock(made);
            if (fd >= 0 && Files.exists(made)) { // another run may have taken it for a leftover before it was locked
                return new TemporaryDirectory(made, fd);
            }
            HostFs.close(fd);
        }
        throw new IOException("cannot lock a directory in " + parent);
    }

    /** As {@link #create}, where there is nobody who could be told in another way. */
    public static TemporaryDirectory createUnchecked(String use) {
        try {
            return create(use);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return a descriptor that holds the directory's lock, or negative: somebody has it, or it is not ours to open */
    private static int lock(Path directory) {
        String name = new String(directory.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        int fd = HostFs.openat(HostFs.AT_FDCWD, name, OPEN, 0);
        if (fd >= 0 && HostFs.lockExclusively(fd) != 0) {
            HostFs.close(fd);
            return -1;
        }
        return fd;
    }

    /** Removes what killed runs of this user have left there. Other users' directories are theirs to remove, also for root. */
    static void removeLeftovers(Path parent) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, PREFIX + "*")) {
            Object self = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            for (Path each : found) {
                if (self.equals(Files.getAttribute(each, "unix:uid", LinkOption.NOFOLLOW_LINKS))) {
                    removeUnlessHeld(each);
                }
            }
        } catch (IOException | RuntimeException e) {
            return; // it was only tidying: what is left stays for the next run
        }
    }

    private static void removeUnlessHeld(Path directory) {
        int fd = lock(directory);
        if (fd < 0) {
            return;
        }
        try {
            HostTrees.remove(directory);
        } catch (IOException e) {
            return; // as far as it went; the next run tries again
        } finally {
            HostFs.close(fd);
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            HostTrees.remove(path);
        } catch (IOException e) {
            System.err.println("lego: cannot remove " + path + ": " + HostErrors.reason(e));
        } finally {
            HostFs.close(lockFd);
        }
    }
}
