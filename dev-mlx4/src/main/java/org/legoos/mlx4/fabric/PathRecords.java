package org.legoos.mlx4.fabric;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.NodeInfo;
import org.legoos.mlx4.prm.PortInfo;
import org.legoos.mlx4.prm.mad.Component;
import org.legoos.mlx4.prm.mad.Gid;
import org.legoos.mlx4.prm.mad.Records;
import org.legoos.mlx4.prm.mad.SaMad;
import org.legoos.mlx4.sa.MulticastGroup;
import org.legoos.mlx4.sa.MulticastGroups;
import org.legoos.mlx4.sa.RateCode;
import org.legoos.mlx4.sa.Selector;
import org.legoos.mlx4.wire.PKey;

/** PathRecord (IBA 15.2.5.16): how to get from one port to another, or to a multicast group, as the forwarding tables lead. */
final class PathRecords {
    static final Component DGID = Records.PATH.component("DGID");
    static final Component SGID = Records.PATH.component("SGID");
    static final Component DLID = Records.PATH.component("DLID");
    static final Component SLID = Records.PATH.component("SLID");
    private static final Component HOP_LIMIT = Records.PATH.component("HopLimit");
    private static final Component FLOW_LABEL = Records.PATH.component("FlowLabel");
    private static final Component T_CLASS = Records.PATH.component("TClass");
    private static final Component REVERSIBLE = Records.PATH.component("Reversible");
    private static final Component NUMB_PATH = Records.PATH.component("NumbPath");
    private static final Component P_KEY = Records.PATH.component("P_Key");
    private static final Component SL = Records.PATH.component("SL");
    private static final Component QOS_CLASS = Records.PATH.component("QosClass");
    private static final Component SERVICE_HIGH = Records.PATH.component("ServiceID.high");
    private static final Component SERVICE_LOW = Records.PATH.component("ServiceID.low");
    private static final Selector MTU = Selector.of(Records.PATH, "Mtu");
    private static final Selector RATE = Selector.of(Records.PATH, "Rate");
    private static final Selector LIFE_TIME = Selector.of(Records.PATH, "PacketLifeTime");

    /** Time a packet may live: 4.096 us * 2^18, about a second. */
    static final int LIFE_TIME_CODE = 18;
    /** Path records for queries without ends are as many as pairs of ports. */
    private static final int RECORDS_MAX = 65_536;

    private final SubnetView view;
    private final MulticastGroups groups;
    private final byte[] query;
    private final long mask;
    private final List<byte[]> found = new ArrayList<>();

    private PathRecords(SubnetView view, MulticastGroups groups, byte[] mad, long mask) {
        this.view = view;
        this.groups = groups;
        this.query = mad;
        this.mask = mask;
    }

    /** Matching paths; at most {@code limit}. */
    static List<byte[]> find(SubnetView view, MulticastGroups groups, byte[] mad, long mask, int limit) {
        PathRecords search = new PathRecords(view, groups, mad, mask);
        search.search(Math.min(limit, RECORDS_MAX));
        return search.found;
    }

    /** Does the query name an end that does not exist? Then it is not just without records (IBA 15.2.5.16). */
    static boolean namesUnknownGid(SubnetView view, MulticastGroups groups, byte[] mad, long mask) {
        Gid to = Gid.at(mad, SaMad.DATA + DGID.byteOffset());
        boolean isBadSource = SGID.isIn(mask) && view.byGid(Gid.at(mad, SaMad.DATA + SGID.byteOffset())) == null;
        boolean isBadDestination = DGID.isIn(mask) && (to.isMulticast() ? groups.find(to) == null : view.byGid(to) == null);
        return isBadSource || isBadDestination;
    }

    private void search(int limit) {
        Gid to = Gid.at(query, SaMad.DATA + DGID.byteOffset());
        List<EndPort> sources = ends(SGID, SLID);
        if (DGID.isIn(mask) && to.isMulticast()) {
            MulticastGroup group = groups.find(to);
            if (group != null && !sources.isEmpty()) {
                offerGroup(group, sources.getFirst());
            }
            return;
        }
        List<EndPort> destinations = ends(DGID, DLID);
        for (EndPort source : sources) {
            for (EndPort destination : destinations) {
                if (found.size() >= limit) {
                    return;
                }
                offer(source, destination);
            }
        }
    }

    private List<EndPort> ends(Component gid, Component lid) {
        List<EndPort> all = new ArrayList<>();
        for (EndPort each : view.endPorts()) {
            boolean isNamed = !gid.isIn(mask) || each.gid().equals(Gid.at(query, SaMad.DATA + gid.byteOffset()));
            if (isNamed && (!lid.isIn(mask) || each.hasLid(lid.getInt(query, SaMad.DATA)))) {
                all.add(each);
            }
        }
        return all;
    }

    private byte[] record(EndPort from, Gid to, int dlid) {
        byte[] record = new byte[Records.PATH.sizeBytes()];
        to.put(record, DGID.byteOffset());
        from.gid().put(record, SGID.byteOffset());
        DLID.set(record, 0, dlid);
        SLID.set(record, 0, SLID.isIn(mask) ? SLID.getInt(query, SaMad.DATA) : from.lid());
        for (Component echoed : new Component[] {SERVICE_HIGH, SERVICE_LOW, T_CLASS, FLOW_LABEL, HOP_LIMIT, QOS_CLASS}) {
            if (echoed.isIn(mask)) {
                echoed.set(record, 0, echoed.get(query, SaMad.DATA));
            }
        }
        REVERSIBLE.set(record, 0, 1);
        NUMB_PATH.set(record, 0, 1);
        return record;
    }

    private void offer(EndPort from, EndPort to) {
        int mtu = view.mtuOfPath(from, to);
        int rate = Math.min(rate(from), rate(to));
        int pKey = sharedPKey(from, to);
        if (mtu == 0 || pKey == 0 || view.mtuOfPath(to, from) == 0 || !isServed(mtu, rate)) {
            return;
        }
        byte[] record = record(from, to.gid(), DLID.isIn(mask) ? DLID.getInt(query, SaMad.DATA) : to.lid());
        finish(record, pKey, mtu, rate);
    }

    /** Level 0 is the only service level. */
    private boolean isServed(int mtu, int rate) {
        return MTU.allows(query, SaMad.DATA, mask, mtu) && RATE.allowsRate(query, SaMad.DATA, mask, rate)
                && LIFE_TIME.allows(query, SaMad.DATA, mask, LIFE_TIME_CODE)
                && (!SL.isIn(mask) || SL.getInt(query, SaMad.DATA) == 0);
    }

    private void finish(byte[] record, int pKey, int mtu, int rate) {
        P_KEY.set(record, 0, pKey);
        MTU.setExactly(record, mtu);
        RATE.setExactly(record, RateCode.of(rate));
        LIFE_TIME.setExactly(record, LIFE_TIME_CODE);
        found.add(record);
    }

    private void offerGroup(MulticastGroup group, EndPort from) {
        if (P_KEY.isIn(mask) && PKey.partition(P_KEY.getInt(query, SaMad.DATA)) != PKey.partition(group.pKey())) {
            return;
        }
        byte[] record = record(from, group.mgid(), group.mlid());
        REVERSIBLE.set(record, 0, 0);
        SL.set(record, 0, group.sl());
        FLOW_LABEL.set(record, 0, group.flowLabel());
        T_CLASS.set(record, 0, group.tClass());
        HOP_LIMIT.set(record, 0, group.hopLimit());
        finish(record, group.pKey(), group.mtu(), RateCode.toMbps(group.rate()));
    }

    /** In Mbit/s of the link, from active width and speed of its PortInfo. */
    static int rate(EndPort end) {
        byte[] info = end.get(Mad.ATTR_PORT_INFO, end.isSwitch() ? 0 : end.port().number());
        if (info == null) {
            return RateCode.LOWEST_MBPS;
        }
        MemorySegment m = MemorySegment.ofArray(info);
        return RateCode.mbps(PortInfo.WIDTH_ACTIVE.get(m, 0), PortInfo.SPEED_ACTIVE.get(m, 0));
    }

    /** A partition that both belong to, one of them in full; the one asked for, if one is. 0: none. */
    private int sharedPKey(EndPort from, EndPort to) {
        int asked = P_KEY.isIn(mask) ? PKey.partition(P_KEY.getInt(query, SaMad.DATA)) : 0;
        Set<Integer> theirs = pKeys(to);
        for (int ours : pKeys(from)) {
            int partition = PKey.partition(ours);
            boolean isFullHere = (ours & PKey.FULL_MEMBER) != 0;
            boolean isShared = theirs.contains(partition | PKey.FULL_MEMBER) || isFullHere && theirs.contains(partition);
            if (isShared && (asked == 0 || asked == partition)) {
                return isFullHere ? ours : partition;
            }
        }
        return 0;
    }

    static Set<Integer> pKeys(EndPort end) {
        Set<Integer> keys = new LinkedHashSet<>();
        byte[] info = end.get(Mad.ATTR_NODE_INFO, 0);
        int count = info == null ? 0 : NodeInfo.PARTITION_CAP.get(MemorySegment.ofArray(info), 0);
        for (int block = 0; block * Mad.PKEYS_PER_BLOCK < count; block++) {
            byte[] table = end.get(Mad.ATTR_PKEY_TABLE, block);
            for (int i = 0; table != null && i < Mad.PKEYS_PER_BLOCK; i++) {
                int key = Short.toUnsignedInt(ByteBuffer.wrap(table).getShort(i * Short.BYTES));
                if (PKey.partition(key) != 0) {
                    keys.add(key);
                }
            }
        }
        return keys;
    }
}
