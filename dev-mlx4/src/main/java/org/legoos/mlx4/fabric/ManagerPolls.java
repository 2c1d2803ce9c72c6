package org.legoos.mlx4.fabric;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.legoos.mlx4.fabric.ManagerElection.Manager;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.PortInfo;
import org.legoos.mlx4.prm.SmInfo;

/**
 * Looks after the other subnet managers: finds the ports that say they have one, asks them about it each second, hands the subnet
 * over to a better one, and takes it when the master has fallen silent. Runs on the subnet host's agent; costs nothing while
 * there is no other manager.
 */
final class ManagerPolls {
    static final long PERIOD_NS = 1_000_000_000L;
    /** Unanswered polls after which a manager counts as dead. */
    static final int SILENCES_MAX = 3;

    /** Polls after which a better manager that does nothing is not waited for any more. */
    static final int MASTERLESS_MAX = 30;

    private static final int VERSION = 1;
    private static final int MANAGERS_MAX = 64;

    private static final class Other {
        final Port port;
        Manager says; // null: has not said anything yet
        int unanswered;

        Other(Port port) {
            this.port = port;
        }

        boolean isAlive() {
            return says != null && unanswered < SILENCES_MAX;
        }
    }

    private final SubnetHost host;
    private final ManagerElection election;
    private final Map<Port, Other> others = new LinkedHashMap<>();
    private long transactions;
    private int masterless; // polls in a row that showed no master
    private long nextNs = Long.MAX_VALUE;

    ManagerPolls(SubnetHost host, ManagerElection election) {
        this.host = host;
        this.election = election;
    }

    long nextDeadlineNs() {
        return nextNs;
    }

    /** Something in the subnet changed: who says now that he has a manager? New ones are asked at once. */
    void look(SubnetView view) {
        List<Port> having = new ArrayList<>();
        for (EndPort each : view.endPorts()) {
            boolean isOther = each.port() != host.port() && having.size() < MANAGERS_MAX;
            if (isOther && (each.capabilities() & PortInfo.CAP_IS_SM) != 0) {
                having.add(each.port());
            }
        }
        others.keySet().retainAll(having);
        boolean isNew = false;
        for (Port each : having) {
            isNew |= others.putIfAbsent(each, new Other(each)) == null;
        }
        if (isNew || isWaiting() && (others.isEmpty() || nextNs == Long.MAX_VALUE)) {
            nextNs = host.nowNs();
        }
    }

    private boolean isWaiting() {
        return election.state() == SmInfo.STATE_STANDBY || election.state() == SmInfo.STATE_DISCOVERING;
    }

    void runDue(long nowNs) {
        if (nowNs < nextNs) {
            return;
        }
        if (!others.isEmpty()) {
            look(host.view()); // a host whose manager died may not have been able to say so
        }
        if (isWaiting()) {
            reconsider();
        }
        for (Other each : others.values()) {
            each.unanswered++;
            send(each.port, Mad.METHOD_GET, 0);
        }
        nextNs = others.isEmpty() && !isWaiting() ? Long.MAX_VALUE : nowNs + PERIOD_NS;
    }

    private void send(Port to, int method, int modifier) {
        byte[] mad = new byte[Mad.SIZE_BYTES];
        MemorySegment m = MemorySegment.ofArray(mad);
        Mad.BASE_VERSION.set(m, 0, VERSION);
        Mad.MGMT_CLASS.set(m, 0, Mad.CLASS_SUBN_LID);
        Mad.CLASS_VERSION.set(m, 0, VERSION);
        Mad.METHOD.set(m, 0, method);
        Mad.TRANSACTION_ID.set(m, 0, ++transactions);
        Mad.ATTRIBUTE_ID.set(m, 0, Mad.ATTR_SM_INFO);
        Mad.ATTRIBUTE_MODIFIER.set(m, 0, modifier);
        if (method == Mad.METHOD_SET) {
            election.describe(m, Mad.DATA);
        }
        host.sendSubnet(mad, to.lid());
    }

    /** A response to one of our requests. */
    void answered(byte[] mad, int slid) {
        MemorySegment m = MemorySegment.ofArray(mad);
        for (Other each : others.values()) {
            if (each.port.isOwnLid(slid) && Mad.ATTRIBUTE_ID.get(m, 0) == Mad.ATTR_SM_INFO) {
                each.unanswered = 0;
                int modifier = Mad.ATTRIBUTE_MODIFIER.get(m, 0);
                boolean isGood = Mad.STATUS.get(m, 0) == 0;
                if (isGood && modifier == 0) {
                    each.says = Manager.of(m);
                    decide(each);
                } else if (isGood && modifier == SmInfo.HANDOVER && election.hasHandedOver()) {
                    election.become(SmInfo.STATE_STANDBY); // it has it; opensm looks at once whether we let go
                } else if (!isGood && modifier == 0) {
                    each.says = null; // the host is there, but no manager on it
                    each.unanswered = SILENCES_MAX;
                }
                return;
            }
        }
    }

    private void decide(Other other) {
        if (!election.isMaster() || !election.isBetter(other.says)) {
            return;
        }
        boolean isMaster = other.says.state() == SmInfo.STATE_MASTER;
        if (isMaster && election.hasHandedOver()) {
            election.become(SmInfo.STATE_STANDBY); // its acknowledgement got lost
        } else if (isMaster || other.says.state() == SmInfo.STATE_STANDBY) {
            election.noteHandover();
            send(other.port, Mad.METHOD_SET, SmInfo.HANDOVER);
        }
    }

    /** Standing by or discovering: is there still a master, or somebody better who will be? */
    private void reconsider() {
        boolean isHeld = false;
        boolean isUnknown = false;
        for (Other each : others.values()) {
            isUnknown |= each.says == null && each.unanswered < SILENCES_MAX;
            isHeld |= each.isAlive() && (each.says.state() == SmInfo.STATE_MASTER
                    || each.says.state() != SmInfo.STATE_NOT_ACTIVE && election.isBetter(each.says));
        }
        boolean isMastered = others.values().stream().anyMatch(each -> each.isAlive() && each.says.state() == SmInfo.STATE_MASTER);
        masterless = isMastered ? 0 : masterless + 1;
        if (!isHeld && !isUnknown || masterless > MASTERLESS_MAX) {
            masterless = 0;
            election.become(SmInfo.STATE_MASTER);
        } else if (isHeld && election.state() == SmInfo.STATE_DISCOVERING) {
            election.become(SmInfo.STATE_STANDBY);
        }
    }

    /** The managers that answer: SMInfo records' bytes are made of them. */
    Map<Port, Manager> alive() {
        Map<Port, Manager> alive = new LinkedHashMap<>();
        others.values().forEach(each -> {
            if (each.isAlive()) {
                alive.put(each.port, each.says);
            }
        });
        return alive;
    }
}
