package org.legoos.emulator.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory of the host for one run, for logs or a root; it goes with all that is in it when it is closed. */
public final class TemporaryDirectory implements AutoCloseable {
    private final Path path;

    private TemporaryDirectory(Path path) {
        this.path = path;
    }

    public static TemporaryDirectory create(String prefix) {
        try {
            return new TemporaryDirectory(Files.createTempDirectory(prefix));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
            // What is left is the host's to clean.
            System.err.println("lego: " + path + ": " + e.getMessage());
        }
    }
}
