package org.legoos.emulator.vfiouser;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.legoos.isa.irq.LineSink;
import org.legoos.isa.irq.VectorSink;
import org.legoos.isa.memory.Dma;
import org.legoos.isa.time.Clock;
import org.legoos.mlx4.fabric.Fabric;
import org.legoos.mlx4.hca.Hca;
import org.legoos.mlx4.hca.HcaConfig;

/** ConnectX-3 cards for virtual machines, one on each socket, all on one switch or two on one cable. */
public final class VfioUserCards implements AutoCloseable {
    /** How the cards are joined. */
    public enum Cabling {
        /** Every port of every card to one switch. */
        SWITCH,
        /** Two cards, their ports cabled to each other: the virtual machines' own subnet manager has it alone. */
        DIRECT
    }

    /**
     * @param portCount of each card, 1 or 2
     * @param isManaged whether the built-in subnet manager runs; without it one in a virtual machine has to
     */
    public record Subnet(Cabling cabling, int portCount, boolean isManaged) {
        public static final Subnet DEFAULT = new Subnet(Cabling.SWITCH, 1, true);
        private static final int DIRECT_CARDS = 2;

        /** Why that many cards cannot be joined so, or null. */
        public String objection(int cards) {
            if (portCount < 1 || portCount > HcaConfig.MAX_PORTS) {
                return "a card has 1 or " + HcaConfig.MAX_PORTS + " ports, not " + portCount;
            }
            if (cabling == Cabling.DIRECT && cards != DIRECT_CARDS) {
                return "a direct cable joins " + DIRECT_CARDS + " cards, not " + cards;
            }
            return cabling == Cabling.SWITCH && cards * portCount > SWITCH_PORTS_MAX
                    ? "the switch has " + SWITCH_PORTS_MAX + " ports"
                    : null;
        }
    }

    private static final long NODE_GUID_BASE = 0x0002_c903_00a0_0000L;
    private static final int GUIDS_PER_CARD = 16;
    private static final int SWITCH_PORTS_MIN = 8;
    private static final int SWITCH_PORTS_MAX = 63;

    private final List<VfioUserServer> servers = new ArrayList<>();
    private final List<Hca> cards = new ArrayList<>();
    private final Fabric fabric;
    private final boolean isFabricOurs;
    private final Subnet subnet;

    /** Cards of one port on one switch with the built-in subnet manager. */
    public VfioUserCards(List<Path> sockets, Clock clock, Consumer<String> log) throws IOException {
        this(sockets, Subnet.DEFAULT, clock, log);
    }

    /**
     * @param subnet without {@link Subnet#objection}
     * @throws IOException for the user: a socket cannot be made
     */
    public VfioUserCards(List<Path> sockets, Subnet subnet, Clock clock, Consumer<String> log) throws IOException {
        this(sockets, subnet, newFabric(subnet, sockets.size(), clock), true, clock, log);
    }

    /**
     * Cards on a fabric that others use, too, with a free switch port for each.
     *
     * @throws IOException for the user: a socket cannot be made
     */
    public static VfioUserCards on(Fabric fabric, List<Path> sockets, Clock clock, Consumer<String> log)
            throws IOException {
        return new VfioUserCards(sockets, Subnet.DEFAULT, fabric, false, clock, log);
    }

    private static Fabric newFabric(Subnet subnet, int cards, Clock clock) {
        Fabric made = subnet.cabling == Cabling.DIRECT
                ? new Fabric(clock)
                : Fabric.ofOneSwitch(clock, Math.max(SWITCH_PORTS_MIN, cards * subnet.portCount));
        made.setManaged(subnet.isManaged);
        return made;
    }

    private VfioUserCards(List<Path> sockets, Subnet subnet, Fabric fabric, boolean isFabricOurs, Clock clock,
            Consumer<String> log) throws IOException {
        this.subnet = subnet;
        this.fabric = fabric;
        this.isFabricOurs = isFabricOurs;
        try {
            for (Path socket : sockets) {
                servers.add(new VfioUserServer(socket, HcaConfig.MSIX_VECTORS,
                        (dma, vectors, line) -> newCard(dma, vectors, line, clock, log), log));
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private Hca newCard(Dma dma, VectorSink vectors, LineSink line, Clock clock, Consumer<String> log) {
        int number = cards.size();
        HcaConfig identity = HcaConfig.withPorts(
                "hca" + number, NODE_GUID_BASE + (long) number * GUIDS_PER_CARD, subnet.portCount);
        Hca card = Hca.withVectors(identity, dma, vectors, line, clock, log);
        cards.add(card);
        for (int port = 1; port <= subnet.portCount; port++) {
            cable(card, number, port);
        }
        return card;
    }

    private void cable(Hca card, int number, int port) {
        if (subnet.cabling == Cabling.SWITCH) {
            fabric.attach(card.port(port));
        } else if (number > 0) {
            fabric.connect(cards.get(number - 1).port(port), card.port(port));
        }
    }

    public Fabric fabric() {
        return fabric;
    }

    /** Has any virtual machine its card? */
    public boolean areInUse() {
        return servers.stream().anyMatch(VfioUserServer::hasClient);
    }

    public List<Hca> cards() {
        return List.copyOf(cards);
    }

    @Override
    public void close() {
        servers.forEach(VfioUserServer::close);
        if (isFabricOurs) {
            fabric.close();
        }
    }
}
