package org.legoos.mlx4.capture;

import org.legoos.isa.time.Clock;
import org.legoos.mlx4.fabric.Port;
import org.legoos.mlx4.fabric.Tap;
import org.legoos.mlx4.wire.Icrc;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.PacketCodec;
import org.legoos.mlx4.wire.Vcrc;

/**
 * Records the packets of one port as they would be on an InfiniBand cable: LRH to VCRC, with the CRCs that the packets
 * inside one JVM do not carry. One for each port: it runs on the port's owner agent.
 */
public final class LinkCapture implements Tap {
    /** Which packets of the port are recorded. */
    public enum Direction {
        /** What the port sends: on all cards of a subnet, every packet once, also those that get lost later. */
        SENT,
        BOTH
    }

    private final PcapFile file;
    private final Direction direction;
    private final Clock clock;
    private final PacketCodec codec = new PacketCodec();
    private final byte[] bytes = new byte[ErfHeader.SIZE + Packet.BYTES_MAX + Icrc.SIZE + Vcrc.SIZE];

    public LinkCapture(PcapFile file, Direction direction, Clock clock) {
        this.file = file;
        this.clock = clock;
        this.direction = direction;
    }

    @Override
    public void packet(Port at, boolean sent, Packet packet) {
        if (!sent && direction == Direction.SENT) {
            return;
        }
        int length = codec.writeInfiniBand(packet, bytes, ErfHeader.SIZE);
        if (length < 0) {
            return;
        }
        Vcrc.put(bytes, ErfHeader.SIZE + length, Vcrc.of(bytes, ErfHeader.SIZE, length));
        ErfHeader.write(bytes, 0, clock.wallTimeNs(), length + Vcrc.SIZE);
        file.record(bytes, 0, ErfHeader.SIZE + length + Vcrc.SIZE);
    }
}
