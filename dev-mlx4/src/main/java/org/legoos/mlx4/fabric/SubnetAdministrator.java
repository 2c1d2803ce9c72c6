package org.legoos.mlx4.fabric;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.legoos.mlx4.prm.ClassPortInfo;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.mad.Component;
import org.legoos.mlx4.prm.mad.Gid;
import org.legoos.mlx4.prm.mad.RecordLayout;
import org.legoos.mlx4.prm.mad.Records;
import org.legoos.mlx4.prm.mad.SaMad;
import org.legoos.mlx4.sa.MulticastGroup;
import org.legoos.mlx4.sa.MulticastGroups;
import org.legoos.mlx4.sa.Notice;
import org.legoos.mlx4.sa.RmppSender;
import org.legoos.mlx4.sa.ServiceTable;
import org.legoos.mlx4.sa.Subscriptions;

/**
 * Subnet administration (IBA 15.4): answers what hosts ask the subnet manager for, keeps multicast groups, services and
 * subscriptions. Runs on the subnet manager's agent.
 */
final class SubnetAdministrator {
    private static final int VERSION = 1;
    private static final int RESP_TIME_CODE = 18;
    private static final int PATHS_OF_A_GET = 1;
    private static final Component CAPABILITY_MASK = Records.PORT_INFO.component("CapabilityMask");
    private static final Component PORT_GID = Records.MC_MEMBER.component("PortGID");
    private static final Component PROXY_JOIN = Records.MC_MEMBER.component("ProxyJoin");

    private final SubnetHost host;
    private final MulticastGroups groups = new MulticastGroups();
    private final ServiceTable services = new ServiceTable();
    private final Subscriptions subscriptions;
    private final RmppSender tables;

    SubnetAdministrator(SubnetHost host) {
        this.host = host;
        subscriptions = new Subscriptions(host::sendGeneral);
        tables = new RmppSender(host::sendGeneral);
    }

    MulticastGroups groups() {
        return groups;
    }

    /** Somebody else has been master: what hosts had told us is theirs to tell again. */
    void forget() {
        groups.clear();
        services.clear();
        subscriptions.clear();
    }

    void runDue(long nowNs) {
        tables.runDue(nowNs);
        subscriptions.runDue(nowNs);
    }

    long nextDeadlineNs() {
        return Math.min(tables.nextDeadlineNs(), subscriptions.nextDeadlineNs());
    }

    /** Ports that came and went since the last look; {@code goneOnes} have left their groups. */
    void noteChange(List<Gid> newOnes, List<Gid> goneOnes) {
        for (Gid each : goneOnes) {
            List<MulticastGroup> dead = groups.removePort(each);
            services.removePort(each);
            subscriptions.removePort(each);
            forward(Notice.TRAP_OUT_OF_SERVICE, each);
            dead.forEach(group -> forward(Notice.TRAP_GROUP_DELETED, group.mgid()));
        }
        newOnes.forEach(each -> forward(Notice.TRAP_IN_SERVICE, each));
        if (!goneOnes.isEmpty()) {
            host.programGroups();
        }
    }

    /** A notice of our own: {@code about} a port or a group. */
    private void forward(int trap, Gid about) {
        byte[] notice = new byte[Notice.SIZE_BYTES];
        MemorySegment n = MemorySegment.ofArray(notice);
        Notice.IS_GENERIC.set(n, 0, 1);
        Notice.TYPE.set(n, 0, Notice.TYPE_SUBNET);
        Notice.PRODUCER_TYPE.set(n, 0, Notice.PRODUCER_CLASS_MANAGER);
        Notice.TRAP_NUMBER.set(n, 0, trap);
        Notice.ISSUER_LID.set(n, 0, host.lid());
        about.put(notice, Notice.GID);
        host.gid().put(notice, Notice.ISSUER_GID);
        forward(notice);
    }

    /** A notice, of ours or of an agent that sent a trap. */
    void forward(byte[] notice) {
        subscriptions.forward(notice, host.nowNs());
    }

    /** A datagram of our class that came to QP1. */
    void receive(byte[] mad, int slid, int sourceQp) {
        MemorySegment m = MemorySegment.ofArray(mad);
        int method = Mad.METHOD.get(m, 0);
        boolean isMultiPacket = (SaMad.RMPP_FLAGS.get(m, 0) & SaMad.FLAG_ACTIVE) != 0;
        if (Mad.BASE_VERSION.get(m, 0) != VERSION) {
            return;
        }
        if (isMultiPacket && SaMad.RMPP_TYPE.get(m, 0) != SaMad.TYPE_DATA) {
            tables.control(mad, slid, sourceQp, host.nowNs());
        } else if (method == SaMad.METHOD_REPORT_RESP) {
            subscriptions.acknowledged(mad);
        } else if ((method & Mad.METHOD_RESPONSE_BIT) == 0 && method != Mad.METHOD_TRAP && method != Mad.METHOD_TRAP_REPRESS) {
            new Request(mad, m, slid, sourceQp).serve();
        }
    }

    /** One request and its answer. */
    private final class Request {
        private final byte[] mad;
        private final MemorySegment m;
        private final int slid;
        private final int sourceQp;
        private final int method;
        private final int attribute;
        private final long mask;
        private final SubnetView view = host.view();

        Request(byte[] mad, MemorySegment m, int slid, int sourceQp) {
            this.mad = mad;
            this.m = m;
            this.slid = slid;
            this.sourceQp = sourceQp;
            method = Mad.METHOD.get(m, 0);
            attribute = Mad.ATTRIBUTE_ID.get(m, 0);
            mask = SaMad.COMPONENT_MASK.get(m, 0);
        }

        void serve() {
            if (Mad.CLASS_VERSION.get(m, 0) != SaMad.CLASS_VERSION) {
                answer(Mad.STATUS_BAD_VERSION);
                return;
            }
            switch (method) {
                case Mad.METHOD_GET -> get();
                case SaMad.METHOD_GET_TABLE -> getTable();
                case Mad.METHOD_SET -> set();
                case SaMad.METHOD_DELETE -> delete();
                case SaMad.METHOD_GET_MULTI, SaMad.METHOD_GET_TRACE_TABLE -> answer(Mad.STATUS_BAD_METHOD_ATTR);
                default -> answer(Mad.STATUS_BAD_METHOD);
            }
        }

        private void get() {
            if (attribute == Mad.ATTR_CLASS_PORT_INFO) {
                classPortInfo();
                return;
            }
            RecordLayout layout = Records.of(attribute);
            if (layout == null) {
                answer(Mad.STATUS_BAD_METHOD_ATTR);
                return;
            }
            if (layout == Records.PATH && PathRecords.namesUnknownGid(view, groups, mad, mask)) {
                answer(SaMad.STATUS_INVALID_GID);
                return;
            }
            List<byte[]> found = find(layout, PATHS_OF_A_GET);
            if (found.size() == 1) {
                answerWith(layout, found.getFirst());
            } else {
                answer(found.isEmpty() ? SaMad.STATUS_NO_RECORDS : SaMad.STATUS_TOO_MANY_RECORDS);
            }
        }

        private void getTable() {
            RecordLayout layout = Records.of(attribute);
            if (layout == null) {
                answer(Mad.STATUS_BAD_METHOD_ATTR);
                return;
            }
            List<byte[]> found = find(layout, Integer.MAX_VALUE);
            int stride = layout.attributeOffset() * Long.BYTES;
            byte[] data = new byte[stride * found.size()];
            for (int i = 0; i < found.size(); i++) {
                System.arraycopy(found.get(i), 0, data, i * stride, layout.sizeBytes());
            }
            byte[] head = Arrays.copyOf(mad, SaMad.DATA);
            MemorySegment h = MemorySegment.ofArray(head);
            Mad.METHOD.set(h, 0, SaMad.METHOD_GET_TABLE_RESP);
            Mad.STATUS.set(h, 0, 0);
            SaMad.ATTRIBUTE_OFFSET.set(h, 0, layout.attributeOffset());
            if (!tables.start(head, data, slid, sourceQp, host.nowNs())) {
                answer(SaMad.STATUS_NO_RESOURCES);
            }
        }

        private List<byte[]> find(RecordLayout layout, int pathsMax) {
            if (layout == Records.PATH) {
                return PathRecords.find(view, groups, mad, mask, pathsMax);
            }
            if (layout == Records.MC_MEMBER) {
                return groups.find(mad, mask, SaMad.SM_KEY.get(m, 0) == ManagerElection.SM_KEY);
            }
            if (layout == Records.SERVICE) {
                return services.find(mad, mask, host.nowNs());
            }
            if (layout == Records.INFORM_INFO_RECORD) {
                return subscriptions.find(mad, mask);
            }
            if (layout == Records.SM_INFO) {
                return smInfo();
            }
            return tablesOfNodes(layout);
        }

        private List<byte[]> smInfo() {
            List<byte[]> matching = new ArrayList<>();
            for (byte[] each : host.managers()) {
                if (Records.SM_INFO.matches(mad, SaMad.DATA, mask, each)) {
                    matching.add(each);
                }
            }
            return matching;
        }

        private List<byte[]> tablesOfNodes(RecordLayout layout) {
            boolean asksForBits = layout == Records.PORT_INFO && CAPABILITY_MASK.isIn(mask)
                    && (Mad.ATTRIBUTE_MODIFIER.get(m, 0) & SaMad.MODIFIER_CAP_MASK_MATCH) != 0;
            long exact = asksForBits ? mask & ~CAPABILITY_MASK.mask() : mask;
            List<byte[]> found = TableRecords.find(view, layout, mad, SaMad.DATA, exact);
            long wanted = CAPABILITY_MASK.get(mad, SaMad.DATA);
            if (asksForBits) {
                found.removeIf(record -> (CAPABILITY_MASK.get(record, 0) & wanted) != wanted);
            }
            return found;
        }

        private void set() {
            switch (attribute) {
                case Mad.ATTR_INFORM_INFO -> inform();
                case SaMad.ATTR_MC_MEMBER_RECORD -> join();
                case SaMad.ATTR_SERVICE_RECORD -> answer(services.register(mad, mask, host.nowNs()));
                default -> answer(Mad.STATUS_BAD_METHOD_ATTR);
            }
        }

        private void delete() {
            switch (attribute) {
                case SaMad.ATTR_MC_MEMBER_RECORD -> leave();
                case SaMad.ATTR_SERVICE_RECORD -> answer(services.remove(mad, mask, host.nowNs()));
                default -> answer(Mad.STATUS_BAD_METHOD_ATTR);
            }
        }

        private void inform() {
            EndPort subscriber = view.byLid(slid);
            answer(subscriber == null ? SaMad.STATUS_REQ_INVALID : subscriptions.set(mad, subscriber.gid(), slid, sourceQp));
        }

        /** A port speaks for itself, or somebody speaks for it and says so. */
        private EndPort member() {
            EndPort port = view.byGid(Gid.at(mad, SaMad.DATA + PORT_GID.byteOffset()));
            boolean isProxy = PROXY_JOIN.isIn(mask) && PROXY_JOIN.getInt(mad, SaMad.DATA) != 0;
            if (port == null) {
                answer(SaMad.STATUS_INVALID_GID);
            } else if (!isProxy && !port.hasLid(slid)) {
                answer(SaMad.STATUS_DENIED);
                port = null;
            }
            return port;
        }

        private void join() {
            EndPort port = member();
            if (port == null) {
                return;
            }
            MulticastGroups.Outcome outcome = groups.join(mad, mask, port.port().mtuCode(), PathRecords.rate(port));
            if (outcome.status() == 0) {
                host.programGroups();
            }
            finish(outcome, Notice.TRAP_GROUP_CREATED);
        }

        private void leave() {
            if (member() == null) {
                return;
            }
            MulticastGroups.Outcome outcome = groups.leave(mad, mask);
            if (outcome.status() == 0) {
                host.programGroups();
            }
            finish(outcome, Notice.TRAP_GROUP_DELETED);
        }

        private void finish(MulticastGroups.Outcome outcome, int trap) {
            if (outcome.status() != 0) {
                answer(outcome.status());
                return;
            }
            answerWith(Records.MC_MEMBER, outcome.record());
            if (outcome.group() != null) {
                forward(trap, outcome.group().mgid());
            }
        }

        private void classPortInfo() {
            byte[] info = new byte[SaMad.DATA_BYTES];
            MemorySegment i = MemorySegment.ofArray(info);
            ClassPortInfo.BASE_VERSION.set(i, 0, VERSION);
            ClassPortInfo.CLASS_VERSION.set(i, 0, SaMad.CLASS_VERSION);
            ClassPortInfo.CAPABILITY_MASK.set(i, 0, SaMad.CAP_NOTICES | SaMad.CAP_OPTIONAL_RECORDS
                    | SaMad.CAP_UD_MULTICAST | SaMad.CAP_PORT_INFO_CAP_MASK_MATCH);
            ClassPortInfo.RESP_TIME.set(i, 0, RESP_TIME_CODE);
            System.arraycopy(info, 0, mad, SaMad.DATA, info.length);
            answer(0);
        }

        private void answerWith(RecordLayout layout, byte[] record) {
            Arrays.fill(mad, SaMad.DATA, mad.length, (byte) 0);
            System.arraycopy(record, 0, mad, SaMad.DATA, record.length);
            SaMad.ATTRIBUTE_OFFSET.set(m, 0, layout.attributeOffset());
            answer(0);
        }

        private void answer(int status) {
            Mad.METHOD.set(m, 0, method == Mad.METHOD_SET ? Mad.METHOD_GET_RESP : method | Mad.METHOD_RESPONSE_BIT);
            Mad.STATUS.set(m, 0, status);
            SaMad.RMPP_FLAGS.set(m, 0, 0);
            host.sendGeneral(mad, slid, sourceQp);
        }
    }
}
