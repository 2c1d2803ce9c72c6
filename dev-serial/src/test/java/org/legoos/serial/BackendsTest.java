package org.legoos.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(10)
class BackendsTest {
    /** Events of the receive side, in order: characters, or "carrier true". */
    private static final class Input implements SerialInput {
        final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();

        @Override
        public void receive(byte value) {
            events.add(Character.toString(value & 0xff));
        }

        @Override
        public void receiveBreak() {
            events.add("break");
        }

        @Override
        public void carrier(boolean isOn) {
            events.add("carrier " + isOn);
        }

        String next() throws InterruptedException {
            return events.poll(5, TimeUnit.SECONDS);
        }
    }

    private final Input input = new Input();

    private static void transmit(SerialBackend backend, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        backend.transmit(bytes, 0, bytes.length);
    }

    @Test
    void fileIsEmptiedAndCanBeFollowed(@TempDir Path folder) throws IOException {
        Path log = folder.resolve("serial/p0-ttyS0.log");
        Files.createDirectories(log.getParent());
        Files.writeString(log, "of yesterday");
        try (SerialBackend backend = SerialBackends.open("file:" + log)) {
            assertThat(log).isEmptyFile();
            transmit(backend, "booting\n");
            assertThat(log).as("while it is open").hasContent("booting\n");
        }
    }

    @Test
    void aThreadThatIsInterruptedDoesNotEndTheLog(@TempDir Path folder) throws IOException {
        try (SerialBackend backend = FileBackend.open(folder.resolve("log"))) {
            Thread.currentThread().interrupt();
            transmit(backend, "a");
            assertThat(Thread.interrupted()).isTrue();
            transmit(backend, "b");
        }
        assertThat(folder.resolve("log")).hasContent("ab");
    }

    @Test
    void aFullDiskLosesOutputAndNothingElse() throws IOException {
        try (SerialBackend backend = FileBackend.open(Path.of("/dev/full"))) {
            transmit(backend, "lost");
            transmit(backend, "too");
            assertThat(backend.droppedBytes()).isEqualTo(7);
        }
    }

    @Test
    void whatCannotBeOpenedSaysSo(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> SerialBackends.open("file:" + folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot open serial log " + folder);
        try (TcpBackend first = TcpBackend.listen(0)) {
            assertThatThrownBy(() -> SerialBackends.open("tcp:" + first.address().getPort()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot listen for a serial port on")
                    .hasMessageContaining("in use");
        }
        for (String bad : new String[] {"", "files", "file", "pty:3", "tcp", "stdout:x"}) {
            assertThatThrownBy(() -> SerialBackends.open(bad))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is unknown; it can be file:PATH");
        }
        for (String bad : new String[] {"tcp:", "tcp:x", "tcp:70000", "tcp:127.0.0.1:-1"}) {
            assertThatThrownBy(() -> SerialBackends.open(bad))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("TCP port must be a number");
        }
    }

    @Test
    void terminalPassesBothWays() throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TerminalBackend backend = new TerminalBackend(out, new ByteArrayInputStream(new byte[] {'h', 'i'}))) {
            backend.attach(input);
            assertThat(input.next() + input.next()).isEqualTo("hi");
            transmit(backend, "hello");
        }
        assertThat(out.toString(StandardCharsets.ISO_8859_1)).isEqualTo("hello");
    }

    @Test
    void aStoppedTerminalHoldsNobodyUp() {
        CountDownLatch stopped = new CountDownLatch(1);
        OutputStream stuck = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                try {
                    stopped.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        };
        TerminalBackend backend = new TerminalBackend(stuck, null);
        byte[] much = new byte[1 << 20];
        backend.transmit(much, 0, much.length);
        backend.transmit(much, 0, much.length);
        assertThat(backend.droppedBytes()).isGreaterThan(much.length / 2);
        backend.close();
        stopped.countDown();
    }

    @Test
    void tcpServesOneClientAfterTheOther() throws Exception {
        try (TcpBackend backend = TcpBackend.listen(0)) {
            backend.attach(input);
            assertThat(backend.address().getAddress().isLoopbackAddress()).isTrue();
            assertThat(input.next()).isEqualTo("carrier false");
            transmit(backend, "nobody hears this");
            for (int round = 0; round < 2; round++) {
                try (Socket client = connect(backend)) {
                    assertThat(input.next()).isEqualTo("carrier true");
                    transmit(backend, "login: ");
                    assertThat(client.getInputStream().readNBytes(7)).asString().isEqualTo("login: ");
                    client.getOutputStream().write(0xff);
                    assertThat(input.next()).isEqualTo("\u00ff");
                    try (Socket second = connect(backend)) {
                        assertThat(second.getInputStream().read()).as("turned away").isEqualTo(-1);
                    }
                }
                assertThat(input.next()).isEqualTo("carrier false");
            }
            assertThat(backend.droppedBytes()).isEqualTo(17);
        }
    }

    @Test
    void aTcpClientThatDoesNotReadHoldsNobodyUp() throws Exception {
        try (TcpBackend backend = TcpBackend.listen(0)) {
            backend.attach(input);
            try (Socket client = connect(backend)) {
                input.next();
                assertThat(input.next()).isEqualTo("carrier true");
                byte[] much = new byte[1 << 20];
                for (int i = 0; i < 64 && backend.droppedBytes() == 0; i++) {
                    backend.transmit(much, 0, much.length);
                }
                assertThat(backend.droppedBytes()).isPositive();
                client.getOutputStream().write('x');
                assertThat(input.next()).as("input still works").isEqualTo("x");
            }
        }
    }

    @Test
    void closingTcpDeliversWhatWasSent() throws Exception {
        TcpBackend backend = TcpBackend.listen(0);
        backend.attach(input);
        try (Socket client = connect(backend)) {
            input.next();
            assertThat(input.next()).isEqualTo("carrier true");
            transmit(backend, "bye");
            backend.close();
            assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("bye");
        }
        assertThatThrownBy(() -> connect(backend).close()).isInstanceOf(IOException.class);
    }

    private static Socket connect(TcpBackend backend) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), backend.address().getPort());
    }

    @Test
    void ptyIsARawTerminal() throws Exception {
        SerialBackend backend = SerialBackends.open("pty");
        backend.attach(input);
        assertThat(backend.location()).startsWith("/dev/pts/");
        try (RandomAccessFile terminal = new RandomAccessFile(backend.location(), "rw")) {
            transmit(backend, "a\nb\u0003");
            byte[] got = new byte[4];
            terminal.readFully(got);
            assertThat(got).as("no CR added").containsExactly('a', '\n', 'b', 3);
            terminal.write("\r\u0004z".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(input.next() + input.next() + input.next()).isEqualTo("\r\u0004z");
            assertThat(input.events).as("no echo of what was sent").isEmpty();
        }
        byte[] much = new byte[1 << 20];
        backend.transmit(much, 0, much.length);
        assertThat(backend.droppedBytes()).as("nobody reads").isPositive();
        backend.close();
        backend.close();
        transmit(backend, "later");
    }
}
