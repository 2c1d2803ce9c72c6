package org.legoos.mlx4.transport;

/** Queue pair states (IBA 10.3.1). Which transitions software may ask for is the card's to check. */
public enum QpState {
    RESET,
    INIT,
    RTR,
    RTS,
    /** Send queue draining or drained: nothing new is fetched. */
    SQD,
    /** Send queue error (UC, UD): sends are flushed, receives go on. */
    SQER,
    ERR;

    /** May packets be received? */
    public boolean receives() {
        return this == RTR || this == RTS || this == SQD || this == SQER;
    }
}
