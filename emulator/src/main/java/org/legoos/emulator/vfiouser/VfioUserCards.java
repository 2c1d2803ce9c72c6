package org.legoos.emulator.vfiouser;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.legoos.isa.irq.VectorSink;
import org.legoos.isa.memory.Dma;
import org.legoos.isa.time.Clock;
import org.legoos.mlx4.fabric.Fabric;
import org.legoos.mlx4.hca.Hca;
import org.legoos.mlx4.hca.HcaConfig;

/** ConnectX-3 cards for virtual machines, one on each socket, all on one switch. */
public final class VfioUserCards implements AutoCloseable {
    private static final long NODE_GUID_BASE = 0x0002_c903_00a0_0000L;
    private static final int GUIDS_PER_CARD = 16;
    private static final int SWITCH_PORTS_MIN = 8;

    private final List<VfioUserServer> servers = new ArrayList<>();
    private final List<Hca> cards = new ArrayList<>();
    private final Fabric fabric;

    /** @throws IOException for the user: a socket cannot be made */
    public VfioUserCards(List<Path> sockets, Clock clock, Consumer<String> log) throws IOException {
        fabric = Fabric.ofOneSwitch(clock, Math.max(SWITCH_PORTS_MIN, sockets.size()));
        try {
            for (Path socket : sockets) {
                servers.add(new VfioUserServer(socket, HcaConfig.MSIX_VECTORS,
                        (dma, vectors) -> newCard(dma, vectors, clock, log), log));
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private Hca newCard(Dma dma, VectorSink vectors, Clock clock, Consumer<String> log) {
        int number = cards.size();
        HcaConfig identity = HcaConfig.onePort("hca" + number, NODE_GUID_BASE + (long) number * GUIDS_PER_CARD);
        Hca card = Hca.withVectors(identity, dma, vectors, clock, log);
        cards.add(card);
        fabric.attach(card.port(1));
        return card;
    }

    public Fabric fabric() {
        return fabric;
    }

    public List<Hca> cards() {
        return List.copyOf(cards);
    }

    @Override
    public void close() {
        servers.forEach(VfioUserServer::close);
        fabric.close();
    }
}
