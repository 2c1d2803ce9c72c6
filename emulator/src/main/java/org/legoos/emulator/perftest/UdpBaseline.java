package org.legoos.emulator.perftest;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.legoos.emulator.nodes.ChildJvm;
import org.legoos.isa.time.Clock;

/**
 * The same messages as bare datagrams between the same two processes, in the same minute: what the host's UDP gives
 * without cards, transport and checksums. Ping-pong for latency; a stream without acknowledges for bandwidth.
 */
public final class UdpBaseline {
    private static final int PING_PONGS = 20_000;
    private static final int DATAGRAM_BYTES_MAX = 4096;
    private static final long STREAM_NS = 1_000_000_000L;
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;
    /** First bytes of datagrams. */
    private static final byte ECHO = 0;
    private static final byte COUNT = 1;
    private static final byte MARK = 2;
    private static final int END_MARKS = 200;
    private static final long MARK_EVERY_NS = 10_000_000;

    private final Clock clock;
    private final PrintStream out;

    public UdpBaseline(Clock clock, PrintStream out) {
        this.clock = clock;
        this.out = out;
    }

    void print(PerfPlan plan) throws IOException, InterruptedException {
        Process child = ChildJvm.start(List.of("perftest", plan.verb().name(), plan.kind().name(), "--udp-echo"));
        try (DatagramChannel channel = open()) {
            byte[] port = new byte[5];
            int read = child.getInputStream().readNBytes(port, 0, port.length);
            int echoPort = Integer.parseInt(new String(port, 0, read, StandardCharsets.US_ASCII).strip());
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), echoPort));
            if (plan.kind() == PerfPlan.Kind.LAT) {
                out.printf(" UDP ping-pong of %d bytes, the baseline: half round trip %.2f usec%n",
                        datagramBytes(plan), pingPong(channel, datagramBytes(plan)));
            } else {
                out.printf(" UDP stream of %d-byte datagrams, the baseline: %.2f MB/sec%n",
                        datagramBytes(plan), stream(channel, datagramBytes(plan)));
            }
        } finally {
            child.destroy();
            child.waitFor();
        }
    }

    private static int datagramBytes(PerfPlan plan) {
        return Math.min(plan.sizeBytes(), DATAGRAM_BYTES_MAX);
    }

    private static DatagramChannel open() throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.setOption(java.net.StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return channel;
    }

    private double pingPong(DatagramChannel channel, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(DATAGRAM_BYTES_MAX);
        long[] ns = new long[PING_PONGS];
        for (int i = 0; i < 2 * PING_PONGS; i++) {
            long startNs = clock.nowNs();
            channel.write(buffer.clear().limit(bytes));
            channel.read(buffer.clear());
            ns[i % PING_PONGS] = (clock.nowNs() - startNs) / 2;
        }
        Arrays.sort(ns);
        return ns[PING_PONGS / 2] / 1e3;
    }

    /** Mebibytes a second that arrived: the echo answers a mark with the count of bytes so far. */
    private double stream(DatagramChannel channel, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(DATAGRAM_BYTES_MAX);
        long startNs = clock.nowNs();
        while (clock.nowNs() - startNs < STREAM_NS) {
            buffer.clear().put(0, COUNT);
            channel.write(buffer.limit(bytes));
        }
        double seconds = (clock.nowNs() - startNs) / 1e9;
        channel.configureBlocking(false);
        for (int waited = 0; channel.read(buffer.clear()) <= 0; waited++) { // a mark may get lost, too
            if (waited == END_MARKS) {
                throw new IOException("the other end of the UDP baseline does not answer");
            }
            channel.write(buffer.clear().put(0, MARK).limit(1));
            LockSupport.parkNanos(MARK_EVERY_NS);
        }
        return buffer.getLong(0) / seconds / (1 << 20);
    }

    /** The other process: prints its port, does what the first byte of each datagram says. Ends with its parent. */
    public static void echo() throws IOException {
        try (DatagramChannel channel = open()) {
            System.out.printf("%-5d", ((InetSocketAddress) channel.getLocalAddress()).getPort());
            System.out.flush();
            ByteBuffer buffer = ByteBuffer.allocateDirect(DATAGRAM_BYTES_MAX);
            long counted = 0;
            while (true) {
                InetSocketAddress from = (InetSocketAddress) channel.receive(buffer.clear());
                byte kind = buffer.get(0);
                if (kind == MARK) {
                    channel.send(buffer.clear().putLong(counted).flip(), from);
                } else if (kind == ECHO) {
                    channel.send(buffer.flip(), from);
                } else {
                    counted += buffer.position();
                }
            }
        }
    }
}
