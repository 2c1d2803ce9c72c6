package org.legoos.emulator.ibperf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.legoos.emulator.peer.PeerNode;
import org.legoos.emulator.peer.RecordedExchange;
import org.legoos.emulator.peer.TwoPeers;
import org.legoos.emulator.perftest.PerfPlan.Kind;
import org.legoos.emulator.perftest.PerfPlan.Verb;
import org.legoos.kernel.ib.QpType;

/** Two nodes play both ends of perftest's programs and say what the programs themselves said; and what is none of these. */
class IbPerfTestTest {
    private static final int ITERATIONS = 30;
    /** Messages before the first with an address: version, page, cache line, MTU. */
    private static final int PREAMBLE = 8;

    @RegisterExtension
    static final TwoPeers TWO = new TwoPeers();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);

    private static IbPerfPlan plan(Verb verb, Kind kind, QpType service, int bytes, int queuePairs, boolean isBothWays, boolean sleeps, int gid) {
        return new IbPerfPlan(verb, kind, service, false, bytes, ITERATIONS, queuePairs, 0, 512, isBothWays, sleeps, gid);
    }

    private static IbPerfPlan plan(Verb verb, Kind kind, int bytes) {
        return plan(verb, kind, QpType.RC, bytes, 1, false, false, -1);
    }

    static Stream<Arguments> programs() {
        return Stream.of(
                Arguments.of("ib_send_lat", plan(Verb.SEND, Kind.LAT, 2)),
                Arguments.of("ib_send_lat", plan(Verb.SEND, Kind.LAT, QpType.RC, 2, 1, false, true, -1)),
                Arguments.of("ib_send_lat -c UC", plan(Verb.SEND, Kind.LAT, QpType.UC, 2, 1, false, false, -1)),
                Arguments.of("ib_send_lat -c UD", plan(Verb.SEND, Kind.LAT, QpType.UD, 2, 1, false, false, -1)),
                Arguments.of("ib_write_lat", plan(Verb.WRITE, Kind.LAT, 2)),
                Arguments.of("ib_read_lat", plan(Verb.READ, Kind.LAT, 2)),
                Arguments.of("ib_read_lat", plan(Verb.READ, Kind.LAT, QpType.RC, 2, 1, false, true, -1)),
                Arguments.of("ib_atomic_lat", plan(Verb.ATOMIC, Kind.LAT, 8)),
                Arguments.of("ib_send_bw", plan(Verb.SEND, Kind.BW, 65536)),
                Arguments.of("ib_send_bw", plan(Verb.SEND, Kind.BW, QpType.RC, 4096, 1, false, true, -1)),
                Arguments.of("ib_send_bw -c UD", plan(Verb.SEND, Kind.BW, QpType.UD, 2048, 1, false, false, -1)),
                Arguments.of("ib_send_bw -b", plan(Verb.SEND, Kind.BW, QpType.RC, 65536, 1, true, false, -1)),
                Arguments.of("ib_send_bw -q 2", plan(Verb.SEND, Kind.BW, QpType.RC, 65536, 2, false, false, -1)),
                Arguments.of("ib_send_bw -x 0 -q 4", plan(Verb.SEND, Kind.BW, QpType.RC, 65536, 4, false, false, 0)),
                Arguments.of("ib_write_bw", plan(Verb.WRITE, Kind.BW, 65536)),
                Arguments.of("ib_write_bw -b", plan(Verb.WRITE, Kind.BW, QpType.RC, 4096, 1, true, false, -1)),
                Arguments.of("ib_read_bw", plan(Verb.READ, Kind.BW, 65536)),
                Arguments.of("ib_read_bw -b", plan(Verb.READ, Kind.BW, QpType.RC, 4096, 1, true, false, -1)),
                Arguments.of("ib_atomic_bw", plan(Verb.ATOMIC, Kind.BW, 8)));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void bothEndsSayWhatTheProgramsSay(String program, IbPerfPlan plan) throws Exception {
        List<RecordedExchange> real = RecordedExchange.all().get(program);
        List<RecordedExchange> said = TWO.talk(new IbPerfTest(TWO.calling, plan, print), new IbPerfTest(TWO.called, plan, print));
        assertThat(said.stream().map(IbPerfTestTest::shape)).isEqualTo(real.stream().map(IbPerfTestTest::shape).toList());
        for (int i = 0; i < PREAMBLE - 2; i++) {
            assertThat(said.get(i).bytes()).isEqualTo(real.get(i).bytes());
        }
        String size = " " + plan.sizeBytes() + " ";
        assertThat(out.toString(StandardCharsets.UTF_8).lines().filter(line -> line.startsWith(size)))
                .hasSize(plan.isLatency() && !plan.verb().isPingPong() ? 1 : 2);
    }

    private static String shape(RecordedExchange said) {
        return (said.isCaller() ? "> " : "< ") + said.bytes().length;
    }

    @Test
    void allSizesInOneTalk() throws Exception {
        IbPerfPlan plan = new IbPerfPlan(Verb.SEND, Kind.LAT, QpType.UD, false, 0, 5, 1, 0, 512, false, false, -1);
        TWO.talk(new IbPerfTest(TWO.calling, plan, print), new IbPerfTest(TWO.called, plan, print));
        assertThat(out.toString(StandardCharsets.UTF_8).lines().filter(line -> line.matches(" [0-9]+ +5 .*"))).hasSize(2 * 11); // 2 to 2048
    }

    @Test
    void addressesAreThoseOfThePrograms() throws IOException {
        int checked = 0;
        for (Map.Entry<String, List<RecordedExchange>> each : RecordedExchange.all().entrySet()) {
            for (RecordedExchange said : each.getValue()) {
                int length = said.bytes().length;
                if (length == KeyMessage.BYTES || length == KeyMessage.BYTES_WITH_GID) {
                    assertThat(KeyMessage.hasGid(said.bytes())).isEqualTo(length == KeyMessage.BYTES_WITH_GID);
                    assertThat(KeyMessage.parse(said.bytes()).toWire()).isEqualTo(said.bytes());
                    checked++;
                }
            }
        }
        assertThat(checked).isGreaterThan(150);
    }

    @Test
    void addressesAreShownAsByThePrograms() throws IOException {
        KeyMessage read = KeyMessage.parse("0001:0010:000220:06ee97:48001000:000055e7bdf08000:00000000\0".getBytes(StandardCharsets.US_ASCII));
        assertThat(read.show("local", true, true))
                .isEqualTo(" local address: LID 0x01 QPN 0x0220 PSN 0x6ee97 OUT 0x10 RKey 0x48001000 VAddr 0x0055e7bdf08000");
        KeyMessage global = KeyMessage.parse(Arrays.copyOf(("0002:0001:00023b:72e835:a0001000:00007f973ec2c000:"
                + "fe:80:00:00:00:00:00:00:00:02:c9:03:00:a0:00:11:00000000:").getBytes(StandardCharsets.US_ASCII), KeyMessage.BYTES_WITH_GID));
        assertThat(global.show("remote", false, false)).isEqualTo(" remote address: LID 0x02 QPN 0x023b PSN 0x72e835\n"
                + " GID: 254:128:00:00:00:00:00:00:00:02:201:03:00:160:00:17");
    }

    @Test
    void garbageEndsTheTalk() throws Exception {
        String version = "6.24" + "\0".repeat(12);
        String page = "\0\0\020\0";
        String line = "\0\0\0@";
        expect(TWO.calling, "SSH-2.0-OpenSSH_9.2p1\r\n", "not the version of a perftest program");
        expect(TWO.calling, "5.31" + "\0".repeat(12), "older than 5.7");
        expect(TWO.calling, version + "\177\377\377\377" + line, "pages of 2147483647 bytes");
        expect(TWO.calling, version + page + line + "9\0", "an MTU of code 57");
        expect(TWO.calling, version + page + line + "4\0" + "x".repeat(KeyMessage.BYTES), "not the address of a perftest program");
        expect(TWO.calling, version + page, "hung up before its cache line size was here");
        expect(TWO.calling, version + page + line + "4\0" + "0000:0001:00022d:890e18:38001000:000055d4bf55b000:00000000\0",
                "has no LID of a card");
    }

    private void expect(PeerNode node, String said, String message) {
        assertThatThrownBy(() -> {
            try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                Socket here = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
                try (Socket there = server.accept()) {
                    there.getOutputStream().write(said.getBytes(StandardCharsets.ISO_8859_1));
                    there.shutdownOutput();
                    new IbPerfTest(node, plan(Verb.SEND, Kind.LAT, 2), print).call(here);
                }
            }
        }).isInstanceOf(IOException.class).hasMessageContaining(message);
    }
}
