package org.legoos.emulator.cluster;

/** Another node of the cluster did not come in time, or not as it should be. */
public final class NodeMissingException extends ConfigException {
    private final boolean isSilent;

    NodeMissingException(String message, boolean isSilent) {
        super(message);
        this.isSilent = isSilent;
    }

    /** Was nothing at all heard of it? */
    boolean isSilent() {
        return isSilent;
    }
}
