package org.legoos.kernel.ib.ipoib;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.legoos.kernel.ib.IbException;
import org.legoos.kernel.ib.QpType;
import org.legoos.kernel.ib.SendWorkRequest;
import org.legoos.kernel.ib.mad.DatagramQueue;
import org.legoos.kernel.ib.mad.IbHost;
import org.legoos.kernel.ib.mad.MadPort;
import org.legoos.kernel.ib.mad.SaClient;
import org.legoos.kernel.printk.LogLevel;
import org.legoos.mlx4.prm.mad.Gid;

/**
 * The node's presence on the IPoIB network of its default partition. It joins the broadcast group whenever the port has changed, for
 * a new subnet manager knows nothing of the old one's members. For the port's thread alone.
 */
public final class IpoibInterface implements AutoCloseable {
    private static final Gid BROADCAST = new Gid(0xff12_401b_ffff_0000L, 0xffff_ffffL);
    private static final int MULTICAST_QPN = 0xffffff;
    private static final int BUFFERS = 64;
    private static final int MTU_BYTES = 2048;
    private static final int TURN = 64;
    private static final long JOIN_AGAIN_NS = 1_000_000_000L;
    private static final long ARP_TIMEOUT_NS = 1_000_000_000L;
    private static final int ARP_RETRIES = 4;
    private static final int NEIGHBOURS_MAX = 256;

    private final IbHost host;
    private final MadPort port;
    private final SaClient sa;
    private final Responder responder;
    private final byte[] frame = new byte[MTU_BYTES];
    private final Map<Integer, Neighbour> neighbours = new LinkedHashMap<>();
    private DatagramQueue queue; // null: not joined yet
    private SaClient.Group broadcast;
    private boolean isJoining;
    private boolean mustJoinAgain;
    private boolean isClosed;

    /** Somebody whose link address we want to know, or know. */
    private final class Neighbour {
        final int ip;
        final List<Consumer<LinkAddress>> waiters = new ArrayList<>();
        LinkAddress address; // null: not known
        int questionsLeft;

        Neighbour(int ip) {
            this.ip = ip;
        }

        void ask() {
            questionsLeft = ARP_RETRIES + 1;
            askOnce();
        }

        private void askOnce() {
            if (waiters.isEmpty() || isClosed) {
                return;
            }
            if (questionsLeft-- == 0) {
                neighbours.remove(ip);
                tell();
                return;
            }
            if (queue != null) {
                byte[] request = responder.arpRequest(own(), ip);
                send(broadcast.mlid(), MULTICAST_QPN, true, request);
            }
            port.timers().after(ARP_TIMEOUT_NS, this::askOnce);
        }

        void tell() {
            List<Consumer<LinkAddress>> all = List.copyOf(waiters);
            waiters.clear();
            all.forEach(each -> each.accept(address));
        }
    }

    /** @param ip the node's IPv4 address */
    public IpoibInterface(MadPort port, SaClient sa, int ip) {
        this.port = port;
        this.sa = sa;
        host = port.host();
        responder = new Responder(ip);
        port.thread().addPoller(this::poll);
        port.onChange(this::join);
        join();
    }

    /** Has it its queue pair, in the broadcast group? */
    public boolean isUp() {
        return queue != null && !isJoining;
    }

    // ---- the broadcast group ----

    private void join() {
        if (isClosed) {
            return;
        }
        if (isJoining) {
            mustJoinAgain = true;
        } else if (port.state().active()) {
            isJoining = true;
            sa.join(BROADCAST, this::joined);
        }
    }

    private void joined(SaClient.Group group) {
        isJoining = false;
        if (isClosed) {
            return;
        }
        if (group == null || mustJoinAgain) {
            mustJoinAgain = false;
            port.timers().after(JOIN_AGAIN_NS, this::join);
            return;
        }
        try {
            if (queue != null && broadcast.qkey() != group.qkey()) {
                queue.close();
                queue = null;
            }
            broadcast = group;
            if (queue == null) {
                open();
            }
        } catch (IbException e) {
            host.log().once(LogLevel.WARNING, "ipoib open", "ib_ipoib: %s", e.getMessage());
        }
    }

    private void open() {
        DatagramQueue made = new DatagramQueue(host, QpType.UD, broadcast.qkey(), BUFFERS, MTU_BYTES, port.thread()::wake);
        int result = made.qp().attachMulticast(BROADCAST.high(), BROADCAST.low());
        if (result != 0) {
            made.close();
            throw new IbException(-result, "the broadcast group cannot be attached");
        }
        queue = made;
        host.log().info("ib_ipoib: joined the broadcast group, QPN %06x, MLID %04x", made.qp().qpn(), broadcast.mlid());
    }

    private LinkAddress own() {
        return new LinkAddress(queue.qp().qpn(), port.gid());
    }

    // ---- addresses ----

    /** Finds out whose address it is. @param onEnd gets the link address, or null when nobody says that it is his */
    public void resolve(int ip, Consumer<LinkAddress> onEnd) {
        Neighbour known = neighbours.get(ip);
        if (known != null && known.address != null) {
            onEnd.accept(known.address);
            return;
        }
        Neighbour neighbour = known != null ? known : remember(ip);
        neighbour.waiters.add(onEnd);
        if (neighbour.waiters.size() == 1) {
            neighbour.ask();
        }
    }

    private Neighbour remember(int ip) {
        if (neighbours.size() >= NEIGHBOURS_MAX) { // the oldest that nobody waits for goes
            neighbours.values().stream().filter(each -> each.waiters.isEmpty()).findFirst().ifPresent(each -> neighbours.remove(each.ip));
        }
        return neighbours.computeIfAbsent(ip, Neighbour::new);
    }

    /** What a neighbour says of itself counts if we have asked it, or know it already. */
    private void learn(int ip, LinkAddress address) {
        Neighbour known = neighbours.get(ip);
        if (known != null) {
            known.address = address;
            known.tell();
        }
    }

    // ---- frames ----

    private boolean poll() {
        if (queue == null) {
            return false;
        }
        for (int i = 0; i < TURN; i++) {
            if (!queue.poll()) {
                queue.requestNotification();
                if (!queue.poll()) {
                    return false;
                }
            }
            take();
        }
        return true;
    }

    private void take() {
        int length = queue.hasReceived() ? queue.receivedBytes() : 0;
        if (length <= 0 || length > frame.length) {
            return;
        }
        queue.read(frame, length);
        int lid = queue.completion().sourceLid;
        int qpn = queue.completion().sourceQpn;
        if (Responder.isArp(frame, length)) {
            learn(Responder.senderIp(frame), Responder.senderLink(frame));
            if (responder.isForUs(frame)) {
                send(lid, qpn, false, responder.arpReply(frame, own()));
            }
            return;
        }
        byte[] echo = responder.echoReply(frame, length);
        if (echo != null) {
            send(lid, qpn, false, echo);
        }
    }

    /** What does not fit into the send queue is lost, as frames may be. */
    private void send(int lid, int qpn, boolean isBroadcast, byte[] bytes) {
        SendWorkRequest request = queue.request();
        request.remoteLid = lid;
        request.remoteQpn = qpn;
        request.remoteQkey = broadcast.qkey();
        request.hasRemoteGid = isBroadcast;
        request.remoteGidHigh = BROADCAST.high();
        request.remoteGidLow = BROADCAST.low();
        queue.send(bytes, bytes.length);
    }

    @Override
    public void close() {
        isClosed = true;
        if (queue != null) {
            queue.qp().detachMulticast(BROADCAST.high(), BROADCAST.low());
            queue.close();
            queue = null;
        }
    }
}
