package org.legoos.emulator.peer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.legoos.isa.time.Clock;

/**
 * The TCP connection over which two verbs programs tell each other what they need: messages of known length. Each read has
 * a deadline for the whole message, so that a peer which falls silent or drips bytes holds nobody.
 */
public final class Exchange implements AutoCloseable {
    /** For a message that the other end has to send at once. */
    private static final long PROMPT_NS = 30_000_000_000L;
    /** For one that it sends when its part of a measurement is over. */
    private static final long PATIENT_NS = 600_000_000_000L;
    private static final long MS_NS = 1_000_000;

    /** Not a byte has come: perhaps nobody is there yet, and QEMU has taken the call for a virtual machine that still boots. */
    public static final class HungUpException extends EOFException {
        private static final long serialVersionUID = 1;

        HungUpException(String message) {
            super(message);
        }
    }

    private final Socket socket;
    private final boolean isCaller;
    private final Clock clock;
    private final long promptNs;
    private boolean hasHeard;

    /** @param isCaller this end called the other, and so speaks first */
    public Exchange(Socket socket, boolean isCaller, Clock clock) throws IOException {
        this(socket, isCaller, clock, PROMPT_NS);
    }

    /** @param promptNs for a message that the other end has to send at once */
    Exchange(Socket socket, boolean isCaller, Clock clock, long promptNs) throws IOException {
        this.promptNs = promptNs;
        this.socket = socket;
        this.isCaller = isCaller;
        this.clock = clock;
        socket.setTcpNoDelay(true);
    }

    public boolean isCaller() {
        return isCaller;
    }

    public void write(byte[] message) throws IOException {
        try {
            socket.getOutputStream().write(message);
        } catch (IOException e) {
            throw hasHeard ? e : new HungUpException("the other end hung up at once: " + e.getMessage());
        }
    }

    /** @param what is expected, for messages */
    public byte[] read(int bytes, String what) throws IOException {
        return read(bytes, what, promptNs);
    }

    /** As the other, when the other end may have to work first. */
    public byte[] readLater(int bytes, String what) throws IOException {
        return read(bytes, what, PATIENT_NS);
    }

    private byte[] read(int bytes, String what, long patienceNs) throws IOException {
        byte[] message = new byte[bytes];
        long deadlineNs = clock.nowNs() + patienceNs;
        InputStream in = socket.getInputStream();
        int got = 0;
        while (got < bytes) {
            long leftMs = (deadlineNs - clock.nowNs()) / MS_NS;
            if (leftMs <= 0) {
                throw silence(what, got, bytes, patienceNs);
            }
            socket.setSoTimeout((int) leftMs);
            int count;
            try {
                count = in.read(message, got, bytes - got);
            } catch (SocketTimeoutException e) {
                throw silence(what, got, bytes, patienceNs);
            } catch (IOException e) {
                throw hungUp(what, got, bytes, e.getMessage());
            }
            if (count < 0) {
                throw hungUp(what, got, bytes, "end of connection");
            }
            hasHeard = true;
            got += count;
            if (patienceNs > promptNs) {
                deadlineNs = Math.min(deadlineNs, clock.nowNs() + promptNs); // what has begun must go on
            }
        }
        return message;
    }

    private IOException silence(String what, int got, int bytes, long patienceNs) {
        String part = got == 0 ? "" : " but " + got + " of " + bytes + " bytes";
        String text = "the other end sent no " + what + part + " for " + patienceNs / 1_000_000_000L + " s";
        return hasHeard ? new IOException(text) : new HungUpException(text);
    }

    private IOException hungUp(String what, int got, int bytes, String why) {
        String part = got == 0 ? "" : " after " + got + " of its " + bytes + " bytes";
        String text = "the other end hung up before its " + what + " was here" + part + ": " + why;
        return hasHeard ? new EOFException(text) : new HungUpException(text);
    }

    /** Both ends tell each other something of the same length; the one that called goes first. */
    public byte[] swap(byte[] own, String what) throws IOException {
        if (isCaller) {
            write(own);
        }
        byte[] theirs = read(own.length, what, promptNs);
        if (!isCaller) {
            write(own);
        }
        return theirs;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
