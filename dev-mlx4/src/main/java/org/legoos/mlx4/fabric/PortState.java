package org.legoos.mlx4.fabric;

/** Logical link states, in the numbering of PortInfo. */
public enum PortState {
    /** 0, "no change" in a Set; never the state of a port. */
    NO_CHANGE,
    DOWN,
    INIT,
    ARMED,
    ACTIVE
}
