package org.legoos.emulator.peer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Stands between two ends of a TCP connection and writes down what each says in turn. */
public final class RecordingRelay implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final ByteArrayOutputStream turn = new ByteArrayOutputStream(); // guarded by this
    private final List<RecordedExchange> turns = new ArrayList<>(); // guarded by this
    private boolean isCallersTurn = true; // guarded by this
    private final List<Thread> pumps = new ArrayList<>();
    private final Thread acceptor;

    /** @param port where the end that is called listens */
    public RecordingRelay(int port) throws IOException {
        acceptor = Thread.ofPlatform().daemon().start(() -> relay(port));
    }

    /** Where the end that calls has to call. */
    public int port() {
        return listener.getLocalPort();
    }

    private void relay(int port) {
        try {
            Socket caller = listener.accept();
            Socket called = new Socket(InetAddress.getLoopbackAddress(), port);
            pumps.add(Thread.ofPlatform().daemon().start(() -> pump(caller, called, true)));
            pumps.add(Thread.ofPlatform().daemon().start(() -> pump(called, caller, false)));
        } catch (IOException e) {
            // closed: nobody has called
        }
    }

    private void pump(Socket from, Socket to, boolean isCaller) {
        byte[] buffer = new byte[4096];
        try (from; to) {
            InputStream in = from.getInputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                note(buffer, count, isCaller);
                to.getOutputStream().write(buffer, 0, count);
            }
        } catch (IOException e) {
            // one of them hung up
        }
    }

    private synchronized void note(byte[] bytes, int count, boolean isCaller) {
        if (isCaller != isCallersTurn) {
            endTurn();
            isCallersTurn = isCaller;
        }
        turn.write(bytes, 0, count);
    }

    private void endTurn() {
        turns.add(new RecordedExchange(isCallersTurn, turn.toByteArray()));
        turn.reset();
    }

    /** All that was said. Both ends have hung up, or will. */
    public List<RecordedExchange> turns() throws InterruptedException {
        acceptor.join();
        for (Thread pump : pumps) {
            pump.join();
        }
        synchronized (this) {
            endTurn();
            return List.copyOf(turns);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
