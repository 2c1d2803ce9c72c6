package org.legoos.mlx4.hca;

import java.util.EnumSet;
import java.util.Set;
import org.legoos.mlx4.prm.Opcode;
import org.legoos.mlx4.transport.QpState;

/** The state transitions that commands ask for, and from where each is legal. */
enum QpTransition {
    INIT2INIT(Opcode.INIT2INIT_QP, QpState.INIT, EnumSet.of(QpState.INIT)),
    INIT2RTR(Opcode.INIT2RTR_QP, QpState.RTR, EnumSet.of(QpState.INIT)),
    RTR2RTS(Opcode.RTR2RTS_QP, QpState.RTS, EnumSet.of(QpState.RTR)),
    RTS2RTS(Opcode.RTS2RTS_QP, QpState.RTS, EnumSet.of(QpState.RTS)),
    SQERR2RTS(Opcode.SQERR2RTS_QP, QpState.RTS, EnumSet.of(QpState.SQER)),
    RTS2SQD(Opcode.RTS2SQD_QP, QpState.SQD, EnumSet.of(QpState.RTS)),
    SQD2RTS(Opcode.SQD2RTS_QP, QpState.RTS, EnumSet.of(QpState.SQD)),
    SQD2SQD(Opcode.SQD2SQD_QP, QpState.SQD, EnumSet.of(QpState.SQD)),
    TO_ERR(Opcode.TO_ERR_QP, QpState.ERR, EnumSet.complementOf(EnumSet.of(QpState.RESET)));

    final int opcode;
    final QpState to;
    private final Set<QpState> from;

    QpTransition(int opcode, QpState to, Set<QpState> from) {
        this.opcode = opcode;
        this.to = to;
        this.from = from;
    }

    boolean isLegalFrom(QpState state) {
        return from.contains(state);
    }

    /** RTS2SQD without a mailbox and the like: nothing to take over. */
    boolean takesContext() {
        return this != TO_ERR && this != RTS2SQD;
    }
}
