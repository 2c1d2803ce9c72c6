package org.legoos.managers.processor.inet;

/** A connection of the host that wants to a published port. Called from any thread, maybe within the node's locks: no waiting. */
public interface IncomingConnection {
    /** Takes what the program sends. */
    StreamPeer host();

    /** The connection stands; what comes from the host goes to {@code end}. */
    void accepted(StreamPeer end);

    /** Nobody listens. */
    void refused();
}
