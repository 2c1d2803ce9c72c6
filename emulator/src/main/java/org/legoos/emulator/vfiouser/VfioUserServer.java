package org.legoos.emulator.vfiouser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Consumer;
import org.legoos.isa.irq.LineSink;
import org.legoos.isa.irq.VectorSink;
import org.legoos.isa.libc.UnixSocket;
import org.legoos.isa.memory.Dma;
import org.legoos.isa.pci.PciFunction;

/**
 * Shows one PCI function on one socket. One thread serves one client at a time; when a client goes, the function is
 * reset and the next one finds it as after power-on.
 */
public final class VfioUserServer implements AutoCloseable {
    /** Makes the function that is served, given its memory and where its interrupts go: MSI-X vectors, the pin. */
    @FunctionalInterface
    public interface FunctionMaker {
        PciFunction make(Dma memory, VectorSink vectors, LineSink line);
    }

    private final Path path;
    private final UnixSocket listener;
    private final Consumer<String> log;
    private final GuestMemory memory = new GuestMemory();
    private final InterruptVectors vectors;
    private final InterruptLine line = new InterruptLine();
    private final DeviceCommands commands;
    private final Thread thread;
    private UnixSocket client; // guarded by this
    private boolean isClosed; // guarded by this

    /**
     * Listens. A socket file that nobody serves any more is replaced.
     *
     * @param vectorCount MSI-X vectors of the function
     * @param makeFunction makes the function, given its memory and where its interrupts go
     * @param log one line for each client that comes, goes or is sent away
     * @throws IOException for the user: the socket cannot be made
     */
    public VfioUserServer(Path path, int vectorCount, FunctionMaker makeFunction,
            Consumer<String> log) throws IOException {
        this.path = path;
        this.log = log;
        vectors = new InterruptVectors(vectorCount);
        removeStale(path);
        listener = UnixSocket.listen(path.toString());
        commands = new DeviceCommands(new FunctionRegions(makeFunction.make(memory, vectors, line)), memory, vectors, line);
        thread = Thread.ofPlatform().daemon().name("vfio-user " + path.getFileName()).start(this::serve);
    }

    private static void removeStale(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isOther()) {
            throw new IOException(path + " exists and is not a socket");
        }
        UnixSocket other;
        try {
            other = UnixSocket.connect(path.toString());
        } catch (IOException nobodyThere) {
            Files.delete(path);
            return;
        }
        other.release();
        throw new IOException(path + " is served by another process");
    }

    private void serve() {
        try {
            while (true) {
                UnixSocket next = listener.accept();
                if (next == null || !admit(next)) {
                    return;
                }
                converse(next);
            }
        } catch (IOException e) {
            log.accept(path + ": " + e.getMessage());
        } finally {
            listener.release();
        }
    }

    private synchronized boolean admit(UnixSocket next) {
        if (isClosed) {
            next.release();
            return false;
        }
        client = next;
        return true;
    }

    /** Is a virtual machine connected? */
    synchronized boolean hasClient() {
        return client != null;
    }

    private void converse(UnixSocket next) {
        log.accept(path + ": a client connected");
        String trouble = "an internal error";
        try {
            Connection connection = new Connection(next, commands);
            memory.connect(connection);
            trouble = connection.serve();
        } catch (RuntimeException | InternalError e) { // the latter: the client took memory away that it had lent
            trouble = "internal error: " + e;
        } finally {
            memory.connect(null);
            commands.forget();
            synchronized (this) {
                client = null;
                next.release();
            }
        }
        log.accept(path + (trouble == null ? ": the client left" : ": the client was sent away: " + trouble));
    }

    /** Ends the service and removes the socket file. */
    @Override
    public void close() {
        synchronized (this) {
            if (isClosed) {
                return;
            }
            isClosed = true;
            listener.close();
            if (client != null) {
                client.close();
            }
        }
        try {
            thread.join();
            Files.deleteIfExists(path);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            log.accept(path + ": " + e.getMessage());
        }
    }
}
