package org.legoos.mlx4.transport;

/** What a send work request asks for. */
public enum Operation {
    SEND,
    SEND_IMMEDIATE,
    SEND_INVALIDATE,
    WRITE,
    WRITE_IMMEDIATE,
    READ,
    COMPARE_SWAP,
    FETCH_ADD,
    MASKED_COMPARE_SWAP,
    MASKED_FETCH_ADD,
    /** Done by the card itself in the order of the queue: bind, fast registration, local invalidate, NOP. */
    LOCAL;

    public boolean isAtomic() {
        return this == COMPARE_SWAP || this == FETCH_ADD || isMasked();
    }

    public boolean isMasked() {
        return this == MASKED_COMPARE_SWAP || this == MASKED_FETCH_ADD;
    }

    /** Is it finished by data that comes back, not by an acknowledge? */
    public boolean hasResponse() {
        return this == READ || isAtomic();
    }

    public boolean isSend() {
        return this == SEND || this == SEND_IMMEDIATE || this == SEND_INVALIDATE;
    }

    public boolean isWrite() {
        return this == WRITE || this == WRITE_IMMEDIATE;
    }
}
