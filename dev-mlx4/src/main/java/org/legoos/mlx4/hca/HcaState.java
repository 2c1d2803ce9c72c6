package org.legoos.mlx4.hca;

/** How far software has brought the card up; each state allows what the earlier ones allow. */
enum HcaState {
    /** After reset: firmware waits for its memory. */
    RESET,
    FW_RUNNING,
    /** After INIT_HCA. */
    READY
}
