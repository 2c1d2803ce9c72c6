package org.legoos.mlx4.hca;

import java.lang.foreign.MemorySegment;
import org.legoos.mlx4.hca.HcaCounters.Kind;
import org.legoos.mlx4.prm.DiagRprt;
import org.legoos.mlx4.prm.Field;
import org.legoos.mlx4.prm.ServiceType;
import org.legoos.mlx4.transport.QpCounters;
import org.legoos.mlx4.transport.Status;

/** What went wrong on the card's queue pairs, live and past: the counters of DIAG_RPRT (Linux: hw_counters). */
final class Diagnostics {
    private static final Status[] STATUSES = Status.values();

    private final HcaCore core;
    private final long[] sendErrors = new long[STATUSES.length];
    private final long[] receiveErrors = new long[STATUSES.length];
    private final QpCounters retired = new QpCounters(); // of queue pairs that are no more
    private long retiredUdMissing;
    private long retiredUcMissing;

    Diagnostics(HcaCore core) {
        this.core = core;
    }

    void sendFailed(Status status) {
        sendErrors[status.ordinal()]++;
    }

    void receiveFailed(Status status) {
        receiveErrors[status.ordinal()]++;
    }

    /** A queue pair goes: its counters stay. */
    void retire(QueuePair qp) {
        QpCounters c = qp.transport().counters;
        add(c, retired);
        retiredUdMissing += qp.serviceType == ServiceType.UD ? c.receivesMissing : 0;
        retiredUcMissing += qp.serviceType == ServiceType.UC ? c.receivesMissing : 0;
    }

    private static void add(QpCounters from, QpCounters to) {
        to.rnrNaksSent += from.rnrNaksSent;
        to.rnrNaksReceived += from.rnrNaksReceived;
        to.sequenceNaksSent += from.sequenceNaksSent;
        to.sequenceNaksReceived += from.sequenceNaksReceived;
        to.outOfOrderReceived += from.outOfOrderReceived;
        to.duplicatesReceived += from.duplicatesReceived;
        to.timeouts += from.timeouts;
    }

    void write(MemorySegment m) {
        put(m, DiagRprt.RQ_LOCAL_LENGTH, receiveErrors, Status.LOCAL_LENGTH);
        put(m, DiagRprt.SQ_LOCAL_LENGTH, sendErrors, Status.LOCAL_LENGTH);
        put(m, DiagRprt.RQ_LOCAL_QP_OPERATION, receiveErrors, Status.LOCAL_QP_OPERATION);
        put(m, DiagRprt.SQ_LOCAL_QP_OPERATION, sendErrors, Status.LOCAL_QP_OPERATION);
        put(m, DiagRprt.RQ_LOCAL_PROTECTION, receiveErrors, Status.LOCAL_PROTECTION);
        put(m, DiagRprt.SQ_LOCAL_PROTECTION, sendErrors, Status.LOCAL_PROTECTION);
        put(m, DiagRprt.RQ_FLUSHED, receiveErrors, Status.FLUSHED);
        put(m, DiagRprt.SQ_FLUSHED, sendErrors, Status.FLUSHED);
        put(m, DiagRprt.SQ_WINDOW_BIND, sendErrors, Status.MEMORY_WINDOW_BIND);
        put(m, DiagRprt.SQ_BAD_RESPONSE, sendErrors, Status.BAD_RESPONSE);
        put(m, DiagRprt.RQ_LOCAL_ACCESS, receiveErrors, Status.LOCAL_ACCESS);
        put(m, DiagRprt.SQ_REMOTE_INVALID_REQUEST, sendErrors, Status.REMOTE_INVALID_REQUEST);
        put(m, DiagRprt.SQ_REMOTE_ACCESS, sendErrors, Status.REMOTE_ACCESS);
        put(m, DiagRprt.SQ_REMOTE_OPERATION, sendErrors, Status.REMOTE_OPERATION);
        put(m, DiagRprt.SQ_TRANSPORT_RETRY, sendErrors, Status.TRANSPORT_RETRY_EXCEEDED);
        put(m, DiagRprt.SQ_RNR_RETRY, sendErrors, Status.RNR_RETRY_EXCEEDED);
        put(m, DiagRprt.SQ_REMOTE_ABORTED, sendErrors, Status.REMOTE_ABORTED);
        writeTransport(m);
        DiagRprt.NUM_CQ_OVERFLOWS.set(m, 0, (int) core.counters.get(Kind.CQ_OVERFLOW));
        DiagRprt.NUM_EQ_OVERFLOWS.set(m, 0, (int) core.counters.get(Kind.EQ_OVERFLOW));
        DiagRprt.NUM_BAD_DOORBELLS.set(m, 0, (int) core.counters.get(Kind.BAD_DOORBELL));
    }

    private void writeTransport(MemorySegment m) {
        QpCounters sum = new QpCounters();
        add(retired, sum);
        long[] missing = {retiredUdMissing, retiredUcMissing};
        core.qps.forEach(qp -> {
            QpCounters c = qp.transport().counters;
            add(c, sum);
            missing[0] += qp.serviceType == ServiceType.UD ? c.receivesMissing : 0;
            missing[1] += qp.serviceType == ServiceType.UC ? c.receivesMissing : 0;
        });
        DiagRprt.RQ_RNR_NAKS.set(m, 0, (int) sum.rnrNaksSent);
        DiagRprt.SQ_RNR_NAKS.set(m, 0, (int) sum.rnrNaksReceived);
        DiagRprt.RQ_OUT_OF_SEQUENCE.set(m, 0, (int) sum.outOfOrderReceived);
        DiagRprt.SQ_OUT_OF_SEQUENCE.set(m, 0, (int) sum.sequenceNaksReceived);
        DiagRprt.RQ_UD_NO_RECEIVE.set(m, 0, (int) missing[0]);
        DiagRprt.RQ_UC_NO_RECEIVE.set(m, 0, (int) missing[1]);
        DiagRprt.RQ_DUPLICATES.set(m, 0, (int) sum.duplicatesReceived);
        DiagRprt.SQ_TIMEOUTS.set(m, 0, (int) sum.timeouts);
    }

    private static void put(MemorySegment m, Field field, long[] errors, Status status) {
        field.set(m, 0, (int) errors[status.ordinal()]);
    }
}
