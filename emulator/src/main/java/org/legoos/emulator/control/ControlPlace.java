package org.legoos.emulator.control;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where a cluster of a name has its socket: a directory that only this user can enter, below XDG_RUNTIME_DIR, or when there is
 * none below the cache directory. Who holds the lock file is the cluster of that name.
 */
public record ControlPlace(String name, Path directory) {
    public static final String DEFAULT_NAME = "lego";

    private static final String NAME_FORM = "[A-Za-z0-9][A-Za-z0-9._-]{0,31}";

    /** The user's place for that name; an IllegalArgumentException says what is wrong with the name. */
    public static ControlPlace of(String name) {
        if (!name.matches(NAME_FORM)) {
            throw new IllegalArgumentException("--name " + name + ": expected up to 32 letters, digits, '.', '_' and '-'");
        }
        return new ControlPlace(name, userDirectory());
    }

    private static Path userDirectory() {
        String runtime = System.getenv("XDG_RUNTIME_DIR");
        if (runtime != null && !runtime.isEmpty() && Files.isDirectory(Path.of(runtime))) {
            return Path.of(runtime, "legoos");
        }
        String cache = System.getenv("XDG_CACHE_HOME");
        Path base = cache != null && !cache.isEmpty() ? Path.of(cache) : Path.of(System.getProperty("user.home"), ".cache");
        return base.resolve("legoos").resolve("run");
    }

    public Path socket() {
        return directory.resolve(name + ".sock");
    }

    /** What a cluster in the background says. */
    public Path log() {
        return directory.resolve(name + ".log");
    }

    private Path lockFile() {
        return directory.resolve(name + ".lock");
    }

    /** Makes the directory, for this user only. */
    public void makeDirectory() throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    /**
     * Takes the name until the channel is closed; null when a running cluster has it. The file stays when the cluster has gone: who
     * removed it could remove the next one's.
     */
    FileChannel lock() throws IOException {
        makeDirectory();
        FileChannel file = FileChannel.open(lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!tryLock(file)) {
            file.close();
            return null;
        }
        return file;
    }

    private static boolean tryLock(FileChannel file) throws IOException {
        try {
            FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // a cluster in this very process
        }
    }
}
