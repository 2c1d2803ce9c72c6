package org.legoos.kernel.ib.mad;

import java.util.function.Consumer;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.mad.Component;
import org.legoos.mlx4.prm.mad.Gid;
import org.legoos.mlx4.prm.mad.RecordLayout;
import org.legoos.mlx4.prm.mad.Records;
import org.legoos.mlx4.prm.mad.SaMad;

/** Questions to subnet administration (Linux: sa_query.c), wherever the subnet manager is now. For the port's thread alone. */
public final class SaClient {
    private static final long TIMEOUT_NS = 1_000_000_000L;
    private static final int RETRIES = 4;
    private static final int FULL_MEMBER = 1;
    private static final Component MGID = Records.MC_MEMBER.component("MGID");
    private static final Component PORT_GID = Records.MC_MEMBER.component("PortGID");
    private static final Component JOIN_STATE = Records.MC_MEMBER.component("JoinState");
    private static final Component GROUP_Q_KEY = Records.MC_MEMBER.component("Q_Key");
    private static final Component GROUP_MLID = Records.MC_MEMBER.component("MLID");

    /** What a member of a multicast group has to know of it. */
    public record Group(Gid gid, int mlid, int qkey) {}

    private final MadPort port;
    private final MadAgent agent;

    public SaClient(MadPort port) {
        this.port = port;
        agent = port.register(SaMad.CLASS_SUBN_ADM);
    }

    /** @param onEnd gets the path, or null: nobody answered, or there is none */
    public void path(Gid to, Consumer<Path> onEnd) {
        byte[] wanted = new byte[Records.PATH.sizeBytes()];
        to.put(wanted, Path.DGID.byteOffset());
        port.gid().put(wanted, Path.SGID.byteOffset());
        Path.REVERSIBLE.set(wanted, 0, 1);
        Path.NUMB_PATH.set(wanted, 0, 1);
        long mask = Path.DGID.mask() | Path.SGID.mask() | Path.REVERSIBLE.mask() | Path.NUMB_PATH.mask();
        ask(Mad.METHOD_GET, Records.PATH, mask, wanted, answer -> onEnd.accept(answer == null ? null : Path.of(answer.bytes, SaMad.DATA)));
    }

    /** Becomes a full member of a group that exists. @param onEnd gets the group, or null */
    public void join(Gid group, Consumer<Group> onEnd) {
        byte[] wanted = new byte[Records.MC_MEMBER.sizeBytes()];
        group.put(wanted, MGID.byteOffset());
        port.gid().put(wanted, PORT_GID.byteOffset());
        JOIN_STATE.set(wanted, 0, FULL_MEMBER);
        ask(Mad.METHOD_SET, Records.MC_MEMBER, MGID.mask() | PORT_GID.mask() | JOIN_STATE.mask(), wanted,
                answer -> onEnd.accept(answer == null ? null : new Group(group, GROUP_MLID.getInt(answer.bytes, SaMad.DATA),
                        GROUP_Q_KEY.getInt(answer.bytes, SaMad.DATA))));
    }

    /** @param onEnd gets an answer with status 0, or null */
    private void ask(int method, RecordLayout layout, long mask, byte[] record, Consumer<Datagram> onEnd) {
        int smLid = port.state().smLid();
        if (smLid == 0) {
            onEnd.accept(null);
            return;
        }
        Datagram question = Datagram.of(SaMad.CLASS_SUBN_ADM, SaMad.CLASS_VERSION, method, layout.attributeId(), smLid);
        SaMad.COMPONENT_MASK.set(question.segment, 0, mask);
        System.arraycopy(record, 0, question.bytes, SaMad.DATA, record.length);
        agent.ask(question, TIMEOUT_NS, RETRIES, answer -> onEnd.accept(answer == null || answer.status() != 0 ? null : answer));
    }
}
