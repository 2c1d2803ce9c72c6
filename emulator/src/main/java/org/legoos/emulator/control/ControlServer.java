package org.legoos.emulator.control;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.legoos.emulator.cluster.Cluster;
import org.legoos.emulator.cluster.HostErrors;
import org.legoos.isa.libc.UnixSocket;

/** Serves a running cluster's control socket: a thread for each client. */
public final class ControlServer implements AutoCloseable {
    private static final int CLIENTS_MAX = 512;
    /** So long a client may take to hear of its program's end. */
    private static final Duration FINISH = Duration.ofSeconds(2);

    private final ControlPlace place;
    private final FileChannel lock;
    private final UnixSocket listener;
    private final Consumer<String> log;
    private final List<ControlSession> sessions = new ArrayList<>(); // guarded by this
    private final List<Thread> threads = new ArrayList<>(); // guarded by this
    private final AtomicBoolean hasComplained = new AtomicBoolean();
    private final CountDownLatch downWanted = new CountDownLatch(1);
    private volatile Cluster cluster;
    private volatile Thread acceptor;
    private boolean isClosed; // guarded by this

    /**
     * Takes the name; nobody is served before {@link #serve}.
     *
     * @param log gets one line about clients that do not speak the protocol
     * @throws IOException for the user: the name is taken, or the socket cannot be made
     */
    public ControlServer(ControlPlace place, Consumer<String> log) throws IOException {
        this.place = place;
        this.log = log;
        lock = lockOf(place);
        try {
            Files.deleteIfExists(place.socket()); // of one that was killed: the name is ours
            listener = UnixSocket.listen(place.socket().toString());
            Files.setPosixFilePermissions(place.socket(), PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    private static FileChannel lockOf(ControlPlace place) throws IOException {
        FileChannel held;
        try {
            held = place.lock();
        } catch (IOException e) {
            throw new IOException("cannot make " + place.directory() + ": " + HostErrors.reason(e));
        }
        if (held == null) {
            throw new IOException("a cluster '" + place.name() + "' is running; --name gives this one another name");
        }
        return held;
    }

    /** From now on clients are served. */
    public void serve(Cluster booted) {
        cluster = booted;
        acceptor = Thread.ofPlatform().daemon().name("control").start(this::acceptAll);
    }

    Cluster cluster() {
        return cluster;
    }

    String name() {
        return place.name();
    }

    private void acceptAll() {
        try {
            for (UnixSocket client = listener.accept(); client != null; client = listener.accept()) {
                admit(client);
            }
        } catch (IOException e) {
            log.accept("control socket: " + e.getMessage());
        } finally {
            listener.release();
        }
    }

    private synchronized void admit(UnixSocket client) {
        if (isClosed || sessions.size() >= CLIENTS_MAX) {
            client.release();
            return;
        }
        ControlSession session = new ControlSession(this, new ControlChannel(client));
        sessions.add(session);
        threads.add(Thread.ofPlatform().daemon().name("control-client").start(session::run));
    }

    synchronized void ended(ControlSession session) {
        int index = sessions.indexOf(session);
        sessions.remove(index);
        threads.remove(index);
    }

    /** A client that does not speak the protocol: the first is worth a line. */
    void complain(String trouble) {
        if (!hasComplained.getAndSet(true)) {
            log.accept("control socket: a client was sent away: " + trouble);
        }
    }

    /** The cluster is to end; {@link #awaitDown} tells. */
    public void wantDown() {
        downWanted.countDown();
    }

    /** Waits until somebody wants the cluster to end. */
    public void awaitDown() throws InterruptedException {
        downWanted.await();
    }

    synchronized boolean isClosed() {
        return isClosed;
    }

    /** Takes no more clients; those that are there go on until {@link #close}. */
    public void stopAccepting() {
        synchronized (this) {
            isClosed = true;
        }
        listener.close();
    }

    /** After the cluster was closed: sends everybody away and gives the name back; who asked for that is the last. */
    @Override
    public void close() {
        stopAccepting();
        List<ControlSession> open;
        List<Thread> running;
        synchronized (this) {
            open = List.copyOf(sessions);
            running = List.copyOf(threads);
        }
        open.forEach(ControlSession::finish);
        try {
            for (int i = 0; i < running.size(); i++) {
                if (!open.get(i).isAwaitingDown()) {
                    running.get(i).join(FINISH);
                }
            }
            if (acceptor == null) {
                listener.release();
            } else {
                acceptor.join(FINISH);
            }
            Files.deleteIfExists(place.socket());
            lock.close();
        } catch (IOException e) {
            log.accept("control socket: " + HostErrors.reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        open.forEach(ControlSession::hangUp);
    }
}
