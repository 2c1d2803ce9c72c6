package org.legoos.mlx4.udp;

import java.util.Map;
import org.legoos.mlx4.capture.LinkCapture.Direction;
import org.legoos.mlx4.capture.PcapFile;
import org.legoos.mlx4.fabric.Port;
import org.legoos.mlx4.fabric.Tap;
import org.legoos.mlx4.wire.Packet;

/**
 * Records the packets of a card on the UDP wire as RoCE v2 in Ethernet frames, also those that go through shared memory. MAC
 * addresses end in the LID, because nodes of one host have one IP address; the UDP destination port is always RoCE's (4791), by
 * which Wireshark knows what it is, whatever the real one, and the ICRC is right for that.
 */
final class RoceCapture implements Tap {
    /** A locally administered address. */
    private static final long MAC_PREFIX = 0x0200L << 32;

    private final PcapFile file;
    private final Direction direction;
    private final Map<Integer, UdpPeer> peerByLid;
    private final long cardMac;
    private final RoceFrames frames = new RoceFrames();

    RoceCapture(PcapFile file, Direction direction, Map<Integer, UdpPeer> peerByLid, int cardLid) {
        this.file = file;
        this.direction = direction;
        this.peerByLid = peerByLid;
        this.cardMac = MAC_PREFIX | cardLid;
    }

    @Override
    public void packet(Port at, boolean sent, Packet packet) {
        if (!sent && direction == Direction.SENT) {
            return;
        }
        int peerLid = sent ? packet.dlid() : packet.slid();
        UdpPeer peer = packet.isManagement() ? null : peerByLid.get(peerLid);
        if (peer == null) {
            return; // it does not leave the card's cable
        }
        long peerMac = MAC_PREFIX | peerLid;
        int length = frames.make(packet, peer, sent, sent ? peerMac : cardMac, sent ? cardMac : peerMac);
        if (length > 0) {
            file.record(frames.bytes, 0, length);
        }
    }
}
