package org.legoos.emulator.control;

import java.io.IOException;

/** The other side does not speak the protocol; the message says how. */
public final class ProtocolException extends IOException {
    private static final long serialVersionUID = 1;

    ProtocolException(String message) {
        super(message);
    }
}
