package org.legoos.mlx4.sa;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.legoos.mlx4.prm.mad.Gid;

/** A multicast group: what its packets look like, and who is in it. */
public final class MulticastGroup {
    public static final int FULL_MEMBER = 1;
    public static final int NON_MEMBER = 2;
    public static final int SEND_ONLY = 4;
    public static final int SEND_ONLY_FULL = 8;
    public static final int JOIN_STATES = 15;

    private final byte[] record; // of the group, without a member
    private final boolean isPermanent;
    private final Map<Gid, Integer> members = new LinkedHashMap<>(); // join states by port
    private final Set<Gid> proxied = new HashSet<>();

    /** @param isPermanent stays without members */
    MulticastGroup(byte[] record, boolean isPermanent) {
        this.record = record;
        this.isPermanent = isPermanent;
    }

    public Gid mgid() {
        return Gid.at(record, 0);
    }

    public int mlid() {
        return MulticastGroups.MLID.getInt(record, 0);
    }

    public int pKey() {
        return MulticastGroups.P_KEY.getInt(record, 0);
    }

    public int mtu() {
        return MulticastGroups.MTU.value(record, 0);
    }

    public int rate() {
        return MulticastGroups.RATE.value(record, 0);
    }

    public int sl() {
        return MulticastGroups.SL.getInt(record, 0);
    }

    public int flowLabel() {
        return MulticastGroups.FLOW_LABEL.getInt(record, 0);
    }

    public int tClass() {
        return MulticastGroups.T_CLASS.getInt(record, 0);
    }

    public int hopLimit() {
        return MulticastGroups.HOP_LIMIT.getInt(record, 0);
    }

    public Map<Gid, Integer> members() {
        return members;
    }

    byte[] bytes() {
        return record;
    }

    /** The record of the group with a member in it; of the group itself when there is none. */
    byte[] recordOf(Gid port) {
        byte[] made = record.clone();
        if (port != null && members.containsKey(port)) {
            port.put(made, MulticastGroups.PORT_GID.byteOffset());
            MulticastGroups.JOIN_STATE.set(made, 0, members.get(port));
            MulticastGroups.PROXY_JOIN.set(made, 0, proxied.contains(port) ? 1 : 0);
        }
        return made;
    }

    void join(Gid port, int states, boolean isProxy) {
        members.merge(port, states, (a, b) -> a | b);
        if (isProxy) {
            proxied.add(port);
        }
    }

    void leave(Gid port, int states) {
        members.computeIfPresent(port, (key, has) -> (has & ~states) == 0 ? null : has & ~states);
        if (!members.containsKey(port)) {
            proxied.remove(port);
        }
    }

    boolean isProxied(Gid port) {
        return proxied.contains(port);
    }

    /** Groups live as long as they have a full member. */
    boolean isDead() {
        return !isPermanent && members.values().stream().noneMatch(states -> (states & FULL_MEMBER) != 0);
    }
}
