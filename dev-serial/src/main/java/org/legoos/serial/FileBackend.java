package org.legoos.serial;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Serial output into a file, emptied first. A file that stops taking output is given up, with one message. */
public final class FileBackend implements SerialBackend {
    private static final System.Logger LOG = System.getLogger(FileBackend.class.getName());

    private final Path path;
    // A stream, not a channel: a channel closes itself when a thread that writes is interrupted.
    private final FileOutputStream out;
    private boolean isBroken;
    private volatile long droppedBytes;

    private FileBackend(Path path, FileOutputStream out) {
        this.path = path;
        this.out = out;
    }

    public static FileBackend open(Path path) throws IOException {
        try {
            Path folder = path.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            return new FileBackend(path, new FileOutputStream(path.toFile()));
        } catch (IOException e) {
            throw new IOException("cannot open serial log " + path + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void attach(SerialInput input) {
        // A file says nothing.
    }

    @Override
    public void transmit(byte[] from, int offset, int length) {
        if (isBroken) {
            droppedBytes += length;
            return;
        }
        try {
            out.write(from, offset, length);
        } catch (IOException e) {
            isBroken = true;
            droppedBytes += length;
            LOG.log(System.Logger.Level.WARNING, "serial log " + path + " ends here: " + e.getMessage());
        }
    }

    @Override
    public long droppedBytes() {
        return droppedBytes;
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "serial log " + path + ": " + e.getMessage());
        }
    }
}
