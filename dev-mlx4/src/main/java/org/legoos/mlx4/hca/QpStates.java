package org.legoos.mlx4.hca;

import org.legoos.mlx4.transport.QpState;

/** A transport's states as the QP context numbers them. */
final class QpStates {
    private QpStates() {}

    /** @param isDraining SQD, and what was begun is not complete yet */
    static int code(QpState state, boolean isDraining) {
        return switch (state) {
            case RESET -> org.legoos.mlx4.prm.QpState.RST;
            case INIT -> org.legoos.mlx4.prm.QpState.INIT;
            case RTR -> org.legoos.mlx4.prm.QpState.RTR;
            case RTS -> org.legoos.mlx4.prm.QpState.RTS;
            case SQD -> isDraining ? org.legoos.mlx4.prm.QpState.SQ_DRAINING : org.legoos.mlx4.prm.QpState.SQD;
            case SQER -> org.legoos.mlx4.prm.QpState.SQER;
            case ERR -> org.legoos.mlx4.prm.QpState.ERR;
        };
    }
}
