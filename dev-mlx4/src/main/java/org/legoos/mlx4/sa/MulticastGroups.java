package org.legoos.mlx4.sa;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.legoos.mlx4.prm.mad.Component;
import org.legoos.mlx4.prm.mad.Gid;
import org.legoos.mlx4.prm.mad.Records;
import org.legoos.mlx4.prm.mad.SaMad;
import org.legoos.mlx4.wire.PKey;

/**
 * The multicast groups of a subnet (IBA 15.2.5.17): created by the first join that says all that a group needs, gone with the last
 * full member. The broadcast group of IPoIB is there from the beginning, as Linux expects (RFC 4391, 5).
 */
public final class MulticastGroups {
    /** Multicast LIDs that switches have room for. */
    public static final int GROUPS_MAX = 1024;
    public static final int MLID_FIRST = 0xc000;

    static final Component MGID = Records.MC_MEMBER.component("MGID");
    static final Component PORT_GID = Records.MC_MEMBER.component("PortGID");
    static final Component Q_KEY = Records.MC_MEMBER.component("Q_Key");
    static final Component MLID = Records.MC_MEMBER.component("MLID");
    static final Component T_CLASS = Records.MC_MEMBER.component("TClass");
    static final Component P_KEY = Records.MC_MEMBER.component("P_Key");
    static final Component SL = Records.MC_MEMBER.component("SL");
    static final Component FLOW_LABEL = Records.MC_MEMBER.component("FlowLabel");
    static final Component HOP_LIMIT = Records.MC_MEMBER.component("HopLimit");
    static final Component SCOPE = Records.MC_MEMBER.component("Scope");
    static final Component JOIN_STATE = Records.MC_MEMBER.component("JoinState");
    static final Component PROXY_JOIN = Records.MC_MEMBER.component("ProxyJoin");
    static final Selector MTU = Selector.of(Records.MC_MEMBER, "Mtu");
    static final Selector RATE = Selector.of(Records.MC_MEMBER, "Rate");
    static final Selector LIFE_TIME = Selector.of(Records.MC_MEMBER, "PacketLifeTime");

    private static final long REQUIRED_TO_CREATE = Q_KEY.mask() | P_KEY.mask() | SL.mask() | FLOW_LABEL.mask() | T_CLASS.mask();
    private static final List<Component> MUST_FIT = List.of(Q_KEY, MLID, P_KEY, T_CLASS, SL, FLOW_LABEL);
    private static final int DATA = SaMad.DATA;

    private static final Gid IPOIB_BROADCAST = new Gid(0xff12_401b_ffff_0000L, 0xffff_ffffL);
    private static final int IPOIB_Q_KEY = 0x0b1b;
    private static final int MTU_2048 = 4;
    private static final int RATE_10_GBPS = 3;
    private static final int LIFE_TIME_CODE = 18;
    private static final int LINK_LOCAL_SCOPE = 2;
    /** Addresses that are given: a transient group of this subnet with our mark. */
    private static final Gid GIVEN = new Gid(0xff12_a01c_fe80_0000L, 0);

    /** What came of a join or leave. @param group that was created or deleted by it, or null */
    public record Outcome(int status, byte[] record, MulticastGroup group) {
        static Outcome refused(int status) {
            return new Outcome(status, null, null);
        }
    }

    private final Map<Gid, MulticastGroup> groups = new LinkedHashMap<>();
    private final MulticastGroup[] byMlid = new MulticastGroup[GROUPS_MAX];
    private long nextGiven;

    public MulticastGroups() {
        byte[] broadcast = new byte[Records.MC_MEMBER.sizeBytes()];
        IPOIB_BROADCAST.put(broadcast, MGID.byteOffset());
        Q_KEY.set(broadcast, 0, IPOIB_Q_KEY);
        P_KEY.set(broadcast, 0, PKey.DEFAULT);
        SCOPE.set(broadcast, 0, LINK_LOCAL_SCOPE);
        MTU.setExactly(broadcast, MTU_2048);
        RATE.setExactly(broadcast, RATE_10_GBPS);
        LIFE_TIME.setExactly(broadcast, LIFE_TIME_CODE);
        add(new MulticastGroup(broadcast, true), 0);
    }

    public Collection<MulticastGroup> all() {
        return groups.values();
    }

    public MulticastGroup find(Gid mgid) {
        return groups.get(mgid);
    }

    private void add(MulticastGroup group, int index) {
        MLID.set(group.bytes(), 0, MLID_FIRST + index);
        groups.put(group.mgid(), group);
        byMlid[index] = group;
    }

    private void remove(MulticastGroup group) {
        groups.remove(group.mgid());
        byMlid[group.mlid() - MLID_FIRST] = null;
    }

    /**
     * A join (Set).
     *
     * @param mad the request; its record is at {@link SaMad#DATA}
     * @param mtu of the port that joins, in PortInfo's code
     * @param mbps its rate
     */
    public Outcome join(byte[] mad, long mask, int mtu, int mbps) {
        long needed = PORT_GID.mask() | JOIN_STATE.mask();
        int states = JOIN_STATE.getInt(mad, DATA);
        Gid mgid = MGID.isIn(mask) ? Gid.at(mad, DATA + MGID.byteOffset()) : new Gid(0, 0);
        if ((mask & needed) != needed) {
            return Outcome.refused(SaMad.STATUS_INSUFFICIENT_COMPONENTS);
        }
        if (states == 0 || !mgid.isZero() && !mgid.isMulticast()) {
            return Outcome.refused(SaMad.STATUS_REQ_INVALID);
        }
        Gid port = Gid.at(mad, DATA + PORT_GID.byteOffset());
        MulticastGroup group = groups.get(mgid);
        if (group == null) {
            return create(mgid, mad, mask, port, mtu, mbps);
        }
        if (!fits(group, mad, mask) || group.mtu() > mtu || RateCode.toMbps(group.rate()) > mbps) {
            return Outcome.refused(SaMad.STATUS_REQ_INVALID);
        }
        group.join(port, states, isProxy(mad, mask));
        return new Outcome(0, group.recordOf(port), null);
    }

    private static boolean isProxy(byte[] mad, long mask) {
        return PROXY_JOIN.isIn(mask) && PROXY_JOIN.getInt(mad, DATA) != 0;
    }

    /** Is the group what the join asks for? */
    private static boolean fits(MulticastGroup group, byte[] mad, long mask) {
        for (Component each : MUST_FIT) {
            if (each.isIn(mask) && each.get(mad, DATA) != each.get(group.bytes(), 0)) {
                return false;
            }
        }
        return MTU.allows(mad, DATA, mask, group.mtu()) && RATE.allowsRate(mad, DATA, mask, RateCode.toMbps(group.rate()))
                && LIFE_TIME.allows(mad, DATA, mask, LIFE_TIME.value(group.bytes(), 0));
    }

    private Outcome create(Gid mgid, byte[] mad, long mask, Gid port, int mtu, int mbps) {
        int index = freeIndex();
        boolean isFull = (JOIN_STATE.getInt(mad, DATA) & MulticastGroup.FULL_MEMBER) != 0;
        if ((mask & REQUIRED_TO_CREATE) != REQUIRED_TO_CREATE) {
            return Outcome.refused(SaMad.STATUS_INSUFFICIENT_COMPONENTS);
        }
        if (!isFull || SL.getInt(mad, DATA) != 0 || PKey.partition(P_KEY.getInt(mad, DATA)) == 0
                || !MTU.allows(mad, DATA, mask, mtu) && MTU.isExact(mad, DATA) && MTU.value(mad, DATA) > mtu) {
            return Outcome.refused(SaMad.STATUS_REQ_INVALID);
        }
        if (index < 0) {
            return Outcome.refused(SaMad.STATUS_NO_RESOURCES);
        }
        byte[] record = new byte[Records.MC_MEMBER.sizeBytes()];
        (mgid.isZero() ? given() : mgid).put(record, MGID.byteOffset());
        for (Component each : List.of(Q_KEY, T_CLASS, P_KEY, SL, FLOW_LABEL, HOP_LIMIT, SCOPE)) {
            if (each.isIn(mask)) {
                each.set(record, 0, each.get(mad, DATA));
            }
        }
        boolean hasMtu = MTU.isAsked(mask) && MTU.isExact(mad, DATA);
        boolean hasRate = RATE.isAsked(mask) && RATE.isExact(mad, DATA) && RateCode.toMbps(RATE.value(mad, DATA)) > 0;
        MTU.setExactly(record, hasMtu ? Math.max(1, MTU.value(mad, DATA)) : Math.min(mtu, MTU_2048));
        RATE.setExactly(record, hasRate ? RATE.value(mad, DATA) : RateCode.of(mbps));
        LIFE_TIME.setExactly(record, LIFE_TIME_CODE);
        MulticastGroup group = new MulticastGroup(record, false);
        add(group, index);
        group.join(port, JOIN_STATE.getInt(mad, DATA), isProxy(mad, mask));
        return new Outcome(0, group.recordOf(port), group);
    }

    private Gid given() {
        Gid next;
        do {
            next = new Gid(GIVEN.high(), ++nextGiven);
        } while (groups.containsKey(next));
        return next;
    }

    private int freeIndex() {
        for (int i = 0; i < byMlid.length; i++) {
            if (byMlid[i] == null) {
                return i;
            }
        }
        return -1;
    }

    /** A leave (Delete): of the join states that the request names. */
    public Outcome leave(byte[] mad, long mask) {
        long needed = MGID.mask() | PORT_GID.mask() | JOIN_STATE.mask();
        if ((mask & needed) != needed) {
            return Outcome.refused(SaMad.STATUS_INSUFFICIENT_COMPONENTS);
        }
        MulticastGroup group = groups.get(Gid.at(mad, DATA + MGID.byteOffset()));
        Gid port = Gid.at(mad, DATA + PORT_GID.byteOffset());
        int states = JOIN_STATE.getInt(mad, DATA);
        if (group == null || !group.members().containsKey(port) || (group.members().get(port) & states) == 0) {
            return Outcome.refused(SaMad.STATUS_REQ_INVALID);
        }
        if (group.isProxied(port) != isProxy(mad, mask) && PROXY_JOIN.isIn(mask)) {
            return Outcome.refused(SaMad.STATUS_REQ_INVALID);
        }
        byte[] record = group.recordOf(port);
        JOIN_STATE.set(record, 0, states);
        group.leave(port, states);
        boolean isDead = group.isDead();
        if (isDead) {
            remove(group);
        }
        return new Outcome(0, record, isDead ? group : null);
    }

    /** A port has gone from the subnet; the groups that went with it. */
    public List<MulticastGroup> removePort(Gid port) {
        List<MulticastGroup> dead = new ArrayList<>();
        for (Iterator<MulticastGroup> each = groups.values().iterator(); each.hasNext();) {
            MulticastGroup group = each.next();
            group.leave(port, MulticastGroup.JOIN_STATES);
            if (group.isDead()) {
                each.remove();
                byMlid[group.mlid() - MLID_FIRST] = null;
                dead.add(group);
            }
        }
        return dead;
    }

    /** Nobody is in any group: somebody else was master meanwhile. */
    public void clear() {
        List<MulticastGroup> all = new ArrayList<>(groups.values());
        for (MulticastGroup group : all) {
            group.members().clear();
            if (group.isDead()) {
                remove(group);
            }
        }
    }

    /**
     * The records that match.
     *
     * @param showsMembers a trusted query: one record a member; otherwise one a group
     */
    public List<byte[]> find(byte[] mad, long mask, boolean showsMembers) {
        List<byte[]> found = new ArrayList<>();
        for (MulticastGroup group : groups.values()) {
            if (!showsMembers && !PORT_GID.isIn(mask) || group.members().isEmpty()) {
                offer(group.recordOf(null), mad, mask, found);
                continue;
            }
            for (Gid member : group.members().keySet()) {
                offer(group.recordOf(member), mad, mask, found);
            }
        }
        return found;
    }

    private static void offer(byte[] record, byte[] mad, long mask, List<byte[]> found) {
        long selectors = selectorMask();
        boolean isLike = Records.MC_MEMBER.matches(mad, DATA, mask & ~selectors & ~JOIN_STATE.mask(), record)
                && (!JOIN_STATE.isIn(mask) || (JOIN_STATE.getInt(record, 0) & JOIN_STATE.getInt(mad, DATA)) != 0)
                && MTU.allows(mad, DATA, mask, MTU.value(record, 0))
                && RATE.allowsRate(mad, DATA, mask, RateCode.toMbps(RATE.value(record, 0)))
                && LIFE_TIME.allows(mad, DATA, mask, LIFE_TIME.value(record, 0));
        if (isLike) {
            found.add(record);
        }
    }

    private static long selectorMask() {
        long mask = 0;
        for (String name : List.of("Mtu", "Rate", "PacketLifeTime")) {
            mask |= Records.MC_MEMBER.component(name).mask() | Records.MC_MEMBER.component(name + "Selector").mask();
        }
        return mask;
    }
}
