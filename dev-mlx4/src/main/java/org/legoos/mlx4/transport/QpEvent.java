package org.legoos.mlx4.transport;

/** Asynchronous events of a queue pair, with the EQE type of the card. */
public enum QpEvent {
    COMMUNICATION_ESTABLISHED(0x02),
    SEND_QUEUE_DRAINED(0x03),
    LOCAL_CATASTROPHIC(0x05),
    INVALID_REQUEST(0x10),
    LOCAL_ACCESS(0x11),
    LAST_WQE_REACHED(0x13);

    private final int eqeType;

    QpEvent(int eqeType) {
        this.eqeType = eqeType;
    }

    public int eqeType() {
        return eqeType;
    }
}
