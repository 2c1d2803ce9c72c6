package org.legoos.kernel.boot;

/** A node cannot boot; the message is one line that says what to change. */
public final class BootException extends RuntimeException {
    public BootException(String message) {
        super(message);
    }

    public BootException(String message, Throwable cause) {
        super(message, cause);
    }
}
