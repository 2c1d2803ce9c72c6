package org.legoos.managers.processor.inet;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.legoos.isa.time.VirtualClock;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.fs.OpenFlags;
import org.legoos.managers.processor.socket.Message;
import org.legoos.managers.processor.socket.SocketNumbers;

/** TCP inside a node, without programs. */
class TcpSocketTest {
    private final InetStack stack = new InetStack(new VirtualClock(), 0);

    private TcpSocket socket() {
        return new TcpSocket(stack, SocketNumbers.AF_INET, OpenFlags.O_NONBLOCK);
    }

    private TcpSocket listener(int backlog) {
        TcpSocket listener = socket();
        assertThat(listener.bindTo(IpAddress.LOOPBACK4, 0)).isZero();
        assertThat(listener.listen(null, backlog)).isZero();
        return listener;
    }

    private static int connect(TcpSocket socket, TcpSocket to) {
        return socket.connect(null, to.local().sockaddr(SocketNumbers.AF_INET));
    }

    private static int send(TcpSocket socket, byte[] data) {
        Message m = new Message();
        m.begin(MemorySegment.ofArray(data), 0, data.length, 0);
        return socket.send(null, m);
    }

    private static int receive(TcpSocket socket, byte[] data) {
        Message m = new Message();
        m.begin(MemorySegment.ofArray(data), 0, data.length, 0);
        return socket.receive(null, m);
    }

    /** A connected socket and the accepted one. */
    private TcpSocket[] pair() {
        TcpSocket listener = listener(1);
        TcpSocket client = socket();
        assertThat(connect(client, listener)).isEqualTo(-Errno.EINPROGRESS);
        TcpSocket server = (TcpSocket) listener.accept(null);
        listener.release();
        return new TcpSocket[] {client, server};
    }

    @Test
    void aConnectionCarriesBytesBothWaysAndEnds() {
        TcpSocket[] pair = pair();
        assertThat(send(pair[0], "hello".getBytes(StandardCharsets.UTF_8))).isEqualTo(5);
        byte[] data = new byte[10];
        assertThat(receive(pair[1], data)).isEqualTo(5);
        assertThat(receive(pair[1], data)).isEqualTo(-Errno.EAGAIN);
        assertThat(pair[0].shutdown(null, SocketNumbers.SHUT_WR)).isZero();
        assertThat(receive(pair[1], data)).isZero();
        assertThat(send(pair[1], new byte[3])).isEqualTo(3);
        pair[1].release();
        assertThat(receive(pair[0], data)).isEqualTo(3);
        assertThat(receive(pair[0], data)).isZero();
    }

    @Test
    void connectsBeyondTheBacklogWaitAndAreTakenInOrder() {
        TcpSocket listener = listener(1);
        List<TcpSocket> clients = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            TcpSocket client = socket();
            assertThat(connect(client, listener)).isEqualTo(-Errno.EINPROGRESS);
            clients.add(client);
        }
        assertThat(clients.get(1).poll() & OpenFlags.POLLOUT).isNotZero();
        assertThat(clients.get(2).poll()).isZero();
        for (TcpSocket client : clients) {
            TcpSocket child = (TcpSocket) listener.accept(null);
            assertThat(child.remote().port()).isEqualTo(client.local().port());
            assertThat(client.poll() & OpenFlags.POLLOUT).isNotZero();
        }
        assertThat(listener.accept(null)).isNull();
    }

    @Test
    void aWaitingConnectIsRefusedWhenTheListenerCloses() {
        TcpSocket listener = listener(0);
        TcpSocket first = socket();
        TcpSocket second = socket();
        connect(first, listener);
        connect(second, listener);
        assertThat(second.poll()).isZero();
        listener.release();
        assertThat(second.takeError()).isEqualTo(Errno.ECONNREFUSED);
        assertThat(first.takeError()).isEqualTo(Errno.ECONNRESET);
    }

    @Test
    void closingGivesPortsAndMemoryBack() {
        for (int i = 0; i < 50; i++) {
            TcpSocket[] pair = pair();
            while (send(pair[0], new byte[50_000]) > 0) {}
            assertThat(stack.budget().usedBytes()).isPositive();
            pair[i & 1].release();
            pair[~i & 1].release();
            assertThat(stack.budget().usedBytes()).isZero();
            assertThat(stack.tcpPorts().all()).isEmpty();
        }
    }

    @Test
    void allConnectionsTogetherAreBounded() {
        List<TcpSocket[]> pairs = new ArrayList<>();
        long max = Runtime.getRuntime().maxMemory() / 8;
        for (long reached = 0; reached < max + (8 << 20); reached += 400_000) {
            TcpSocket[] pair = pair();
            pairs.add(pair);
            while (send(pair[0], new byte[100_000]) > 0) {}
        }
        assertThat(stack.budget().usedBytes()).isLessThanOrEqualTo(max);
        TcpSocket[] late = pair();
        assertThat(send(late[0], new byte[100_000])).isBetween(1, 4096);
        for (TcpSocket[] pair : pairs) {
            pair[0].release();
            pair[1].release();
        }
        assertThat(stack.budget().usedBytes()).isZero();
    }

    /** Random calls on a handful of sockets: nothing throws, and at the end nothing is left. */
    @Test
    void anySequenceOfCallsEndsWithNothingLeft() {
        Random random = new Random(20261121);
        List<TcpSocket> sockets = new ArrayList<>();
        byte[] data = new byte[9000];
        for (int step = 0; step < 30_000; step++) {
            if (sockets.size() < 3 || random.nextInt(12) == 0 && sockets.size() < 12) {
                sockets.add(socket());
            }
            int index = random.nextInt(sockets.size());
            TcpSocket one = sockets.get(index);
            TcpSocket other = sockets.get(random.nextInt(sockets.size()));
            switch (random.nextInt(9)) {
                case 0 -> one.bind(null, new Endpoint(IpAddress.LOOPBACK4, 0).sockaddr(SocketNumbers.AF_INET));
                case 1 -> one.listen(null, random.nextInt(3));
                case 2, 3 -> connect(one, other);
                case 4 -> {
                    TcpSocket child = one.isListening() ? (TcpSocket) one.accept(null) : null;
                    if (child != null) {
                        sockets.add(child);
                    }
                }
                case 5 -> send(one, new byte[random.nextInt(9000)]);
                case 6 -> receive(one, data);
                case 7 -> one.shutdown(null, random.nextInt(3));
                default -> sockets.remove(index).release();
            }
            sockets.forEach(TcpSocket::poll);
        }
        sockets.forEach(TcpSocket::release);
        assertThat(stack.tcpPorts().all()).isEmpty();
        assertThat(stack.budget().usedBytes()).isZero();
    }

    @Test
    void writersAndReadersOnTwoThreadsLoseNothing() throws Exception {
        TcpSocket[] pair = pair();
        int total = 4 << 20;
        Thread writer = Thread.ofPlatform().start(() -> {
            int done = 0;
            byte[] data = new byte[7001];
            while (done < total) {
                int length = Math.min(data.length, total - done);
                for (int i = 0; i < length; i++) {
                    data[i] = (byte) ((done + i) * 31 >> 3);
                }
                Message m = new Message();
                m.begin(MemorySegment.ofArray(data), 0, length, 0);
                int sent = pair[0].send(null, m);
                done += Math.max(0, sent);
                if (sent < 0) {
                    Thread.onSpinWait();
                }
            }
            pair[0].release();
        });
        byte[] data = new byte[5003];
        int got = 0;
        int wrong = 0;
        for (int length; (length = receive(pair[1], data)) != 0; ) {
            for (int i = 0; i < length; i++) {
                wrong += data[i] == (byte) ((got + i) * 31 >> 3) ? 0 : 1;
            }
            got += Math.max(0, length);
            if (length < 0) {
                Thread.yield();
            }
        }
        writer.join();
        assertThat(got).isEqualTo(total);
        assertThat(wrong).isZero();
    }
}
