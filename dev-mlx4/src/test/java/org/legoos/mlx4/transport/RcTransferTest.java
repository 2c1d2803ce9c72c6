package org.legoos.mlx4.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation, every size around the MTU, every MTU, on a perfect fabric. */
class RcTransferTest {
    private static final byte[] NOISE = new byte[TestNet.MEMORY_BYTES];

    static {
        new SplittableRandom(1).nextBytes(NOISE);
    }

    private static final int FROM = 0x1003;
    private static final int TO = 0x140007;

    static Stream<Arguments> sizesAndMtus() {
        return Stream.of(256, 512, 1024, 2048, 4096)
                .flatMap(mtu -> Stream.of(0, 1, mtu - 1, mtu, mtu + 1, 5000, 1 << 20)
                        .map(size -> Arguments.of(mtu, size)));
    }

    private static TestNet net(int mtu) {
        TestNet net = TestNet.rc().mtu(mtu).psn(0xfffff0, 0x123456).up();
        System.arraycopy(NOISE, 0, net.a.memory, 0, NOISE.length);
        System.arraycopy(NOISE, 1000, net.b.memory, 0, NOISE.length - 1000);
        return net;
    }

    private static byte[] part(byte[] memory, int from, int size) {
        return Arrays.copyOfRange(memory, from, from + size);
    }

    /** Two segments, so that packets straddle them. */
    private static void data(SendRequest request, long va, int size) {
        int first = size / 3;
        request.data.add(TestHost.KEY, va, first);
        request.data.add(TestHost.KEY, va + first, size - first);
    }

    private static void assertDone(TestNet net, Status status) {
        assertThat(net.a.sendDone).containsExactly(new TestHost.SendDone(0, status));
    }

    @ParameterizedTest
    @MethodSource("sizesAndMtus")
    void sendArrivesWholeAndNothingElseChanges(int mtu, int size) {
        TestNet net = net(mtu);
        byte[] expected = net.b.memory.clone();
        System.arraycopy(net.a.memory, FROM, expected, TO, size);
        net.b.postReceive(TO, size);
        net.a.postAndRing(request -> {
            request.operation = Operation.SEND_IMMEDIATE;
            request.immediate = 0xdeadbeef;
            data(request, FROM, size);
        });
        assertDone(net, Status.OK);
        assertThat(net.b.receiveDone).containsExactly(new TestHost.ReceiveDone(
                0, Status.OK, ReceiveRequest.Kind.SEND_IMMEDIATE, size, 0xdeadbeef));
        assertThat(Arrays.equals(net.b.memory, expected)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("sizesAndMtus")
    void writeArrivesWholeAndNothingElseChanges(int mtu, int size) {
        TestNet net = net(mtu);
        byte[] expected = net.b.memory.clone();
        System.arraycopy(net.a.memory, FROM, expected, TO, size);
        net.a.postAndRing(request -> {
            request.operation = Operation.WRITE;
            request.remoteVa = TO;
            request.remoteKey = TestHost.KEY;
            data(request, FROM, size);
        });
        assertDone(net, Status.OK);
        assertThat(net.b.receiveDone).isEmpty();
        assertThat(Arrays.equals(net.b.memory, expected)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("sizesAndMtus")
    void writeWithImmediateCompletesAReceive(int mtu, int size) {
        TestNet net = net(mtu);
        net.b.postReceive(0, 0);
        net.a.postAndRing(request -> {
            request.operation = Operation.WRITE_IMMEDIATE;
            request.immediate = 7;
            request.remoteVa = TO;
            request.remoteKey = TestHost.KEY;
            data(request, FROM, size);
        });
        assertDone(net, Status.OK);
        assertThat(net.b.receiveDone).containsExactly(
                new TestHost.ReceiveDone(0, Status.OK, ReceiveRequest.Kind.WRITE_IMMEDIATE, size, 7));
        assertThat(part(net.b.memory, TO, size)).isEqualTo(part(net.a.memory, FROM, size));
    }

    @ParameterizedTest
    @MethodSource("sizesAndMtus")
    void readFetchesWholeAndNothingElseChanges(int mtu, int size) {
        TestNet net = net(mtu);
        byte[] expected = net.a.memory.clone();
        System.arraycopy(net.b.memory, TO, expected, FROM, size);
        net.a.postAndRing(request -> {
            request.operation = Operation.READ;
            request.remoteVa = TO;
            request.remoteKey = TestHost.KEY;
            data(request, FROM, size);
        });
        assertDone(net, Status.OK);
        assertThat(Arrays.equals(net.a.memory, expected)).isTrue();
    }

    @Test
    void atomicsAnswerTheOldValueAndStoreTheNew() {
        TestNet net = net(1024);
        long before = net.b.longAt(64);
        net.a.postAndRing(request -> atomic(request, Operation.FETCH_ADD, 64, 5, 0, 0));
        net.a.postAndRing(request -> atomic(request, Operation.COMPARE_SWAP, 64, 99, before + 5, 8));
        net.a.postAndRing(request -> atomic(request, Operation.COMPARE_SWAP, 64, 1, 2, 16));
        assertThat(net.a.sendDone).extracting(TestHost.SendDone::status)
                .containsExactly(Status.OK, Status.OK, Status.OK);
        assertThat(net.a.longAt(0)).isEqualTo(before);
        assertThat(net.a.longAt(8)).isEqualTo(before + 5);
        assertThat(net.a.longAt(16)).isEqualTo(99);
        assertThat(net.b.longAt(64)).isEqualTo(99);
    }

    private static void atomic(SendRequest request, Operation operation, long va, long operand, long compare, long to) {
        request.operation = operation;
        request.remoteVa = va;
        request.remoteKey = TestHost.KEY;
        request.swapOrAdd = operand;
        request.compare = compare;
        request.data.add(TestHost.KEY, to, 8);
    }

    @Test
    void sendWithInvalidateInvalidatesAndReportsTheKey() {
        TestNet net = net(1024);
        net.b.postReceive(TO, 100);
        net.a.postAndRing(request -> {
            request.operation = Operation.SEND_INVALIDATE;
            request.immediate = 0x4711;
            request.data.add(TestHost.KEY, FROM, 100);
        });
        assertDone(net, Status.OK);
        assertThat(net.b.invalidated).isEqualTo(0x4711);
        assertThat(net.b.receiveDone.getFirst().kind()).isEqualTo(ReceiveRequest.Kind.SEND_INVALIDATE);
    }

    @Test
    void sequenceNumbersWrapInTheMiddleOfTraffic() {
        TestNet net = net(256);
        for (int i = 0; i < 50; i++) {
            net.b.postReceive(TO + i * 1000, 1000);
            int at = FROM + i * 1000;
            net.a.post(request -> {
                request.operation = Operation.SEND;
                request.data.add(TestHost.KEY, at, 1000);
            });
        }
        net.cardA.doorbell(net.a);
        assertThat(net.a.sendDone).hasSize(50).allMatch(done -> done.status() == Status.OK);
        assertThat(net.a.qp.nextSendPsn()).isEqualTo(0xfffff0 + 200 & 0xffffff);
        assertThat(part(net.b.memory, TO, 50_000)).isEqualTo(part(net.a.memory, FROM, 50_000));
        assertThat(net.a.qp.counters.packetsRepeated).isZero();
    }

    @Test
    void globalRouteHeadersChangeNothingForTheReceiver() {
        TestNet net = TestNet.rc();
        net.a.qp.attributes.path.global = true;
        net.a.qp.attributes.path.dgidLow = 1;
        net.up();
        net.a.memory[5] = 42;
        net.b.postReceive(TO, 3000);
        net.a.postAndRing(request -> {
            request.operation = Operation.SEND;
            request.data.add(TestHost.KEY, 0, 3000);
        });
        assertDone(net, Status.OK);
        assertThat(net.b.memory[TO + 5]).isEqualTo((byte) 42);
    }

    @Test
    void perfectFabricLeavesNoTimerBehind() {
        TestNet net = net(1024);
        net.a.postAndRing(request -> {
            request.operation = Operation.READ;
            request.remoteVa = TO;
            request.remoteKey = TestHost.KEY;
            request.data.add(TestHost.KEY, FROM, 100_000);
        });
        assertThat(net.settle(10)).isTrue();
        assertThat(net.a.qp.counters.timeouts).isZero();
        assertThat(net.a.qp.counters.packetsRepeated).isZero();
    }
}
