package org.legoos.fit;

/** A node of the cluster did not join in time; the message is for the user and says which and why. */
public final class JoinException extends FitException {
    private final boolean isSilent;

    JoinException(String message, boolean isSilent) {
        super(message);
        this.isSilent = isSilent;
    }

    /** Was nothing at all heard of that node? */
    public boolean isSilent() {
        return isSilent;
    }
}
