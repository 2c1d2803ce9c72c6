package org.legoos.emulator.perftest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.legoos.emulator.nodes.ChildJvm;
import org.legoos.emulator.nodes.FreePorts;
import org.legoos.isa.time.Clock;
import org.legoos.mlx4.fabric.Impairments;

/** perftest's measurements between two cards: in this JVM, or in two processes over UDP. */
public final class Perftest {
    private static final int PSN_ACTIVE = 0x3a2e5d;
    private static final int PSN_PASSIVE = 0xbf8e7c;
    private static final int PPM_PER_PERCENT = 10_000;
    private static final long REORDER_NS = 50_000;
    private static final long SEED = 1;
    private static final long CHILD_END_S = 10;

    private final PerfPlan plan;
    private final Clock clock;
    private final PrintStream out;

    public Perftest(PerfPlan plan, Clock clock, PrintStream out) {
        this.plan = plan;
        this.clock = clock;
        this.out = out;
    }

    /** Both ends here, on one switch, each with a thread. */
    public void inOneJvm() throws InterruptedException {
        try (PerfNodes nodes = PerfNodes.twoOnASwitch(clock)) {
            PerfEnd active = new PerfEnd(nodes.node(0), plan, PSN_ACTIVE);
            PerfEnd passive = new PerfEnd(nodes.node(1), plan, PSN_PASSIVE);
            active.connect(passive.address());
            passive.connect(active.address());
            if (plan.noisePercent() > 0) {
                nodes.fabric().links().forEach(link ->
                        link.impair(Impairments.noisy(plan.noisePercent() * PPM_PER_PERCENT, REORDER_NS), SEED));
            }
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread other = Thread.ofPlatform().daemon().name("passive").start(() -> new PerfLoops(passive, plan, clock).passive());
            other.setUncaughtExceptionHandler((thread, cause) -> failure.set(cause));
            measure(active, passive.address(), "IB");
            other.join();
            if (failure.get() != null) {
                throw new IllegalStateException("the passive end failed", failure.get());
            }
        }
    }

    private void measure(PerfEnd active, PerfAddress remote, String wire) {
        out.println(PerfReport.header(plan, active.address(), remote, wire));
        PerfLoops loops = new PerfLoops(active, plan, clock);
        out.println(plan.kind() == PerfPlan.Kind.LAT ? PerfReport.latency(plan, loops.latency()) : PerfReport.bandwidth(plan, loops.bandwidth()));
    }

    /** This end here, the other in a process of its own on this host. */
    public void overUdp() throws IOException, InterruptedException {
        List<InetSocketAddress> ports = FreePorts.onLoopback(2);
        Map<Integer, InetSocketAddress> addresses = Map.of(1, ports.get(0), 2, ports.get(1));
        new UdpBaseline(clock, out).print(plan);
        Process child = ChildJvm.start(List.of("perftest", plan.verb().name(), plan.kind().name(), "--size", "" + plan.sizeBytes(),
                "--iterations", "" + plan.iterations(), "--mtu", "" + plan.mtuBytes(), "--wire", plan.sharesMemory() ? "shm" : "udp",
                "--passive-ports", ports.get(0).getPort() + "," + ports.get(1).getPort()));
        try (PerfNodes here = PerfNodes.oneOnUdp(1, addresses, plan.sharesMemory(), plan.mtuBytes(), clock);
                BufferedReader answers = new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
                PrintStream tell = new PrintStream(child.getOutputStream(), true, StandardCharsets.UTF_8)) {
            PerfEnd active = new PerfEnd(here.node(0), plan, PSN_ACTIVE);
            String line = answers.readLine();
            if (line == null) {
                throw new IOException("the other process ended before the test");
            }
            PerfAddress remote = PerfAddress.parse(line);
            active.connect(remote);
            tell.println(active.address());
            answers.readLine(); // it is ready
            try {
                measure(active, remote, plan.sharesMemory() ? "shared memory, two processes" : "RoCE v2 over UDP, two processes");
            } finally {
                tell.println("done");
                out.println(" datagrams here:  " + here.wire().counters());
            }
        } finally {
            if (!child.waitFor(CHILD_END_S, TimeUnit.SECONDS)) {
                child.destroyForcibly();
            }
        }
    }

    /** The other process: speaks with its parent through stdin and stdout. */
    public void passiveOverUdp(int activePort, int passivePort) throws IOException {
        Map<Integer, InetSocketAddress> addresses = Map.of(
                1, new InetSocketAddress("127.0.0.1", activePort), 2, new InetSocketAddress("127.0.0.1", passivePort));
        BufferedReader parent = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (PerfNodes here = PerfNodes.oneOnUdp(2, addresses, plan.sharesMemory(), plan.mtuBytes(), clock)) {
            PerfEnd passive = new PerfEnd(here.node(0), plan, PSN_PASSIVE);
            out.println(passive.address());
            String line = parent.readLine();
            if (line == null) {
                return;
            }
            passive.connect(PerfAddress.parse(line));
            out.println("ready");
            Thread.ofPlatform().daemon().name("passive").start(() -> new PerfLoops(passive, plan, clock).passive());
            parent.readLine(); // done, or the parent is gone
            System.err.println(" datagrams there: " + here.wire().counters());
        }
    }
}
