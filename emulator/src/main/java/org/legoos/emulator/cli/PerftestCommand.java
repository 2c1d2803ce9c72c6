package org.legoos.emulator.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.legoos.emulator.ibperf.IbPerfPlan;
import org.legoos.emulator.ibperf.IbPerfTest;
import org.legoos.emulator.peer.PeerNode;
import org.legoos.emulator.perftest.PerfPlan;
import org.legoos.emulator.perftest.Perftest;
import org.legoos.emulator.perftest.UdpBaseline;
import org.legoos.isa.time.HostClock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lego perftest send|write|read|atomic lat|bw}: what ib_send_lat and its family measure, between two of our cards. */
@Command(name = "perftest", mixinStandardHelpOptions = true,
        description = {"Measure latency or bandwidth between two cards, printed as the perftest package's ib_* programs do. With",
            "--vfio-user or --ether the other end is such a program in a virtual machine, and what is not said is as there."})
final class PerftestCommand implements Callable<Integer>, PeerCommand {
    private static final int ATOMIC_BYTES = 8;
    private static final int LATENCY_BYTES = 64;
    private static final int BANDWIDTH_BYTES = 65536;
    private static final int SIZE_MAX = 4 << 20;
    private static final int IB_ITERATIONS_MIN = 5;
    private static final int ETHERNET_MTU = 1024;

    @Parameters(index = "0", paramLabel = "VERB", description = "send, write, read or atomic")
    private String verb;

    @Parameters(index = "1", paramLabel = "KIND", description = "lat (latency) or bw (bandwidth)")
    private String kind;

    @Mixin
    private PeerArguments place;

    @Mixin
    private ExchangeArguments exchange;

    @Mixin
    private IbPerfArguments program;

    @Option(names = {"-s", "--size"}, paramLabel = "BYTES",
            description = "bytes of a message (default: lat 64, with a virtual machine 2; bw 65536; atomic always 8)")
    private int size;

    @Option(names = {"-n", "--iterations"}, paramLabel = "N",
            description = "messages that count (default: lat 50000, bw 20000; with a virtual machine 1000, write bw 5000)")
    private int iterations;

    @Option(names = {"-m", "--mtu"}, paramLabel = "BYTES",
            description = "path MTU (default: 4096; with a virtual machine what its port has)")
    private int mtu;

    @Option(names = "--wire", paramLabel = "WIRE", defaultValue = "jvm",
            description = "jvm: both cards in this JVM; shm: in two processes of this host, with memory that they share; "
                    + "udp: in two processes over UDP (default: ${DEFAULT-VALUE})")
    private String wire;

    @Option(names = "--noise", paramLabel = "PERCENT", defaultValue = "0",
            description = "packets lost, and as many repeated and reordered, on each link (wire jvm)")
    private int noise;

    @Option(names = "--passive-ports", hidden = true, description = "be the other process: UDP ports of both ends")
    private String passivePorts;

    @Option(names = "--udp-echo", hidden = true, description = "be the other process of the baseline")
    private boolean udpEcho;

    @Override
    public Integer call() throws InterruptedException {
        if (place.isGiven()) {
            return withProgram();
        }
        PerfPlan plan = plan();
        Perftest test = new Perftest(plan, HostClock.instance(), System.out);
        try {
            if (udpEcho) {
                UdpBaseline.echo();
            } else if (passivePorts != null) {
                int comma = passivePorts.indexOf(',');
                test.passiveOverUdp(Integer.parseInt(passivePorts.substring(0, comma)), Integer.parseInt(passivePorts.substring(comma + 1)));
            } else if (!wire.equals("jvm")) {
                test.overUdp();
            } else {
                test.inOneJvm();
            }
            return 0;
        } catch (IOException e) {
            throw new UserError(Lego.FAILED, "perftest: " + e.getMessage());
        }
    }

    private int withProgram() {
        ibPlan();
        try (PeerNode node = place.open("perftest", mtu == 0 ? ETHERNET_MTU : mtu)) {
            int status = talk(node);
            node.awaitGuestsGone();
            return status;
        } catch (IOException e) {
            throw new UserError(Lego.FAILED, "perftest: " + e.getMessage());
        }
    }

    @Override
    public int talk(PeerNode node) throws IOException {
        try {
            exchange.run("perftest", new IbPerfTest(node, ibPlan(), System.out));
        } catch (IllegalStateException e) {
            throw new IOException(e.getMessage(), e);
        }
        return 0;
    }

    private IbPerfPlan ibPlan() {
        check(iterations == 0 || iterations >= IB_ITERATIONS_MIN, "--iterations " + iterations + ": expected " + IB_ITERATIONS_MIN + " or more");
        check(mtu == 0 || isMtu(), "--mtu " + mtu + ": expected 256, 512, 1024, 2048 or 4096");
        return program.plan(Choice.of(PerfPlan.Verb.values(), verb, "perftest"), Choice.of(PerfPlan.Kind.values(), kind, "perftest"),
                size, iterations, mtu);
    }

    private boolean isMtu() {
        return Integer.bitCount(mtu) == 1 && mtu >= 256 && mtu <= 4096;
    }

    private PerfPlan plan() {
        mtu = mtu == 0 ? 4096 : mtu;
        PerfPlan.Verb chosen = Choice.of(PerfPlan.Verb.values(), verb, "perftest");
        PerfPlan.Kind measured = Choice.of(PerfPlan.Kind.values(), kind, "perftest");
        boolean isLatency = measured == PerfPlan.Kind.LAT;
        int bytes = chosen == PerfPlan.Verb.ATOMIC ? ATOMIC_BYTES : size != 0 ? size : isLatency ? LATENCY_BYTES : BANDWIDTH_BYTES;
        int count = iterations != 0 ? iterations : isLatency ? 50_000 : 20_000;
        check(bytes >= 1 && bytes <= SIZE_MAX, "--size " + bytes + ": expected 1 to " + SIZE_MAX);
        check(count >= 10, "--iterations " + count + ": expected 10 or more");
        check(isMtu(), "--mtu " + mtu + ": expected 256, 512, 1024, 2048 or 4096");
        check(List.of("jvm", "shm", "udp").contains(wire), "--wire " + wire + ": expected jvm, shm or udp");
        check(noise >= 0 && noise <= 50, "--noise " + noise + ": expected 0 to 50");
        check(noise == 0 || wire.equals("jvm"), "--noise is for --wire jvm");
        return new PerfPlan(chosen, measured, bytes, count, mtu, noise, wire.equals("shm"));
    }

    private static void check(boolean isGood, String message) {
        if (!isGood) {
            throw new UserError(Lego.FAILED, "perftest: " + message);
        }
    }
}
