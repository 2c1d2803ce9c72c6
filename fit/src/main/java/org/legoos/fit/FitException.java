package org.legoos.fit;

/** The network did not come up; the message is one line for the user. */
public class FitException extends RuntimeException {
    public FitException(String message) {
        super(message);
    }
}
