package org.legoos.mlx4.transport;

/**
 * How a work request ended: the completion syndromes of the card (PRM "error CQE"), with the vendor syndrome that
 * real cards show beside it where it is known. Software only prints the vendor code.
 */
public enum Status {
    OK(0x00, 0),
    LOCAL_LENGTH(0x01, 0xd7),
    LOCAL_QP_OPERATION(0x02, 0x68),
    LOCAL_PROTECTION(0x04, 0x51),
    FLUSHED(0x05, 0xf9),
    MEMORY_WINDOW_BIND(0x06, 0),
    BAD_RESPONSE(0x10, 0x8e),
    LOCAL_ACCESS(0x11, 0),
    REMOTE_INVALID_REQUEST(0x12, 0x8a),
    REMOTE_ACCESS(0x13, 0x88),
    REMOTE_OPERATION(0x14, 0x89),
    TRANSPORT_RETRY_EXCEEDED(0x15, 0x81),
    RNR_RETRY_EXCEEDED(0x16, 0x87),
    REMOTE_ABORTED(0x22, 0);

    private final int syndrome;
    private final int vendorSyndrome;

    Status(int syndrome, int vendorSyndrome) {
        this.syndrome = syndrome;
        this.vendorSyndrome = vendorSyndrome;
    }

    public int syndrome() {
        return syndrome;
    }

    public int vendorSyndrome() {
        return vendorSyndrome;
    }
}
