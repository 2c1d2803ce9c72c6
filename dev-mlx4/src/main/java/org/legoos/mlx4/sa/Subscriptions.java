package org.legoos.mlx4.sa;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.mad.Component;
import org.legoos.mlx4.prm.mad.Gid;
import org.legoos.mlx4.prm.mad.Records;
import org.legoos.mlx4.prm.mad.SaMad;

/**
 * Who wants to hear of which notices (InformInfo, IBA 13.4.8.3), and the reports that are on their way: repeated until the
 * subscriber answers, a few times. Used by one agent.
 */
public final class Subscriptions {
    public static final int SUBSCRIPTIONS_MAX = 1024;

    private static final int REPORTS_MAX = 1024;
    private static final int TRIES_MAX = 3;
    private static final long TIMEOUT_NS = 1_000_000_000L;
    private static final int ANY = 0xffff;
    private static final int ANY_PRODUCER = 0xffffff;
    private static final int VERSION = 1;

    private static final Component GID = Records.INFORM_INFO.component("GID");
    private static final Component LID_BEGIN = Records.INFORM_INFO.component("LIDRangeBegin");
    private static final Component LID_END = Records.INFORM_INFO.component("LIDRangeEnd");
    private static final Component IS_GENERIC = Records.INFORM_INFO.component("IsGeneric");
    private static final Component SUBSCRIBE = Records.INFORM_INFO.component("Subscribe");
    private static final Component TYPE = Records.INFORM_INFO.component("Type");
    private static final Component TRAP_NUMBER = Records.INFORM_INFO.component("TrapNumber");
    private static final Component QPN = Records.INFORM_INFO.component("QPN");
    private static final Component PRODUCER = Records.INFORM_INFO.component("ProducerType");
    private static final Component SUBSCRIBER_GID = Records.INFORM_INFO_RECORD.component("SubscriberGID");
    private static final Component ENUM = Records.INFORM_INFO_RECORD.component("Enum");
    private static final int INFO_IN_RECORD = 24;

    /** One subscription: whose, and what for (LIDs or a GID, type, trap, producer). */
    private record Key(Gid subscriber, int qpn, long what, Gid gid) {}

    private record Subscription(Gid subscriber, int lid, int qpn, byte[] info, int number) {}

    private static final class Report {
        byte[] mad;
        int lid;
        int qpn;
        int tries;
        long deadlineNs;
    }

    private final RmppSender.Output output;
    private final Map<Key, Subscription> subscriptions = new LinkedHashMap<>();
    private final Map<Long, Report> reports = new LinkedHashMap<>();
    private long transactions;
    private int nextNumber;

    public Subscriptions(RmppSender.Output output) {
        this.output = output;
    }

    /**
     * Subscribes or unsubscribes; the status.
     *
     * @param mad the request; InformInfo is at {@link SaMad#DATA}
     */
    public int set(byte[] mad, Gid subscriber, int lid, int sourceQp) {
        int at = SaMad.DATA;
        int qpn = QPN.getInt(mad, at) == 0 ? sourceQp : QPN.getInt(mad, at);
        long what = LID_BEGIN.get(mad, at) << 48 | TYPE.get(mad, at) << 32 | TRAP_NUMBER.get(mad, at) << 16 | LID_END.get(mad, at);
        Key key = new Key(subscriber, qpn, what, Gid.at(mad, at + GID.byteOffset()));
        if (IS_GENERIC.getInt(mad, at) != 1 || SUBSCRIBE.getInt(mad, at) > 1) {
            return SaMad.STATUS_REQ_INVALID; // vendors' own notices are not known here
        }
        if (SUBSCRIBE.getInt(mad, at) == 0) {
            return subscriptions.remove(key) == null ? SaMad.STATUS_REQ_INVALID : 0;
        }
        if (subscriptions.size() >= SUBSCRIPTIONS_MAX && !subscriptions.containsKey(key)) {
            return SaMad.STATUS_NO_RESOURCES;
        }
        byte[] info = java.util.Arrays.copyOfRange(mad, at, at + Records.INFORM_INFO.sizeBytes());
        subscriptions.put(key, new Subscription(subscriber, lid, qpn, info, nextNumber++));
        return 0;
    }

    /** A port has gone, and its subscriptions with it. */
    public void removePort(Gid port) {
        subscriptions.keySet().removeIf(key -> key.subscriber.equals(port));
    }

    public void clear() {
        subscriptions.clear();
        reports.clear();
    }

    public List<byte[]> find(byte[] mad, long mask) {
        List<byte[]> found = new ArrayList<>();
        for (Subscription each : subscriptions.values()) {
            byte[] record = new byte[Records.INFORM_INFO_RECORD.sizeBytes()];
            each.subscriber.put(record, SUBSCRIBER_GID.byteOffset());
            ENUM.set(record, 0, each.number);
            System.arraycopy(each.info, 0, record, INFO_IN_RECORD, each.info.length);
            if (Records.INFORM_INFO_RECORD.matches(mad, SaMad.DATA, mask, record)) {
                found.add(record);
            }
        }
        return found;
    }

    /** Tells everybody who wants to hear of a notice ({@link Notice#SIZE_BYTES}). */
    public void forward(byte[] notice, long nowNs) {
        MemorySegment n = MemorySegment.ofArray(notice);
        for (Subscription each : subscriptions.values()) {
            if (wants(each.info, n, Gid.at(notice, Notice.ISSUER_GID)) && reports.size() < REPORTS_MAX) {
                Report report = new Report();
                report.mad = report(notice, ++transactions);
                report.lid = each.lid;
                report.qpn = each.qpn;
                reports.put(transactions, report);
                send(report, nowNs);
            }
        }
    }

    private static boolean wants(byte[] info, MemorySegment notice, Gid issuer) {
        Gid gid = Gid.at(info, GID.byteOffset());
        int first = LID_BEGIN.getInt(info, 0);
        int lid = Notice.ISSUER_LID.get(notice, 0);
        boolean isFromThere = gid.isZero()
                ? first == ANY || lid >= first && lid <= Math.max(first, LID_END.getInt(info, 0))
                : gid.equals(issuer);
        int type = TYPE.getInt(info, 0);
        int trap = TRAP_NUMBER.getInt(info, 0);
        int producer = PRODUCER.getInt(info, 0);
        return isFromThere && (type == ANY || type == Notice.TYPE.get(notice, 0))
                && (trap == ANY || trap == Notice.TRAP_NUMBER.get(notice, 0))
                && (producer == ANY_PRODUCER || producer == Notice.PRODUCER_TYPE.get(notice, 0));
    }

    private static byte[] report(byte[] notice, long transaction) {
        byte[] mad = new byte[Mad.SIZE_BYTES];
        MemorySegment m = MemorySegment.ofArray(mad);
        Mad.BASE_VERSION.set(m, 0, VERSION);
        Mad.MGMT_CLASS.set(m, 0, SaMad.CLASS_SUBN_ADM);
        Mad.CLASS_VERSION.set(m, 0, SaMad.CLASS_VERSION);
        Mad.METHOD.set(m, 0, SaMad.METHOD_REPORT);
        Mad.ATTRIBUTE_ID.set(m, 0, Mad.ATTR_NOTICE);
        Mad.TRANSACTION_ID.set(m, 0, transaction);
        System.arraycopy(notice, 0, mad, SaMad.DATA, notice.length);
        return mad;
    }

    private void send(Report report, long nowNs) {
        report.tries++;
        report.deadlineNs = nowNs + TIMEOUT_NS;
        output.send(report.mad, report.lid, report.qpn);
    }

    /** A subscriber has heard. */
    public void acknowledged(byte[] mad) {
        reports.remove(Mad.TRANSACTION_ID.get(MemorySegment.ofArray(mad), 0));
    }

    public void runDue(long nowNs) {
        reports.values().removeIf(each -> each.deadlineNs <= nowNs && each.tries >= TRIES_MAX);
        for (Report each : reports.values()) {
            if (each.deadlineNs <= nowNs) {
                send(each, nowNs);
            }
        }
    }

    public long nextDeadlineNs() {
        long next = Long.MAX_VALUE;
        for (Report each : reports.values()) {
            next = Math.min(next, each.deadlineNs);
        }
        return next;
    }
}
