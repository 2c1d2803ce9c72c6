package org.legoos.emulator.peer;

import java.io.IOException;
import java.net.Socket;

/** One conversation with a verbs program elsewhere, of which this is either end. Both close the socket. */
public interface Talk {
    /**
     * The end that was called.
     *
     * @throws IOException for the user: the other end does not say what it should, or is gone
     */
    void serve(Socket peer) throws IOException;

    /**
     * The end that calls.
     *
     * @throws IOException as the other
     */
    void call(Socket peer) throws IOException;
}
