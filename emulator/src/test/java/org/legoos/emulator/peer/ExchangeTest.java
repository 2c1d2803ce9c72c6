package org.legoos.emulator.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.legoos.isa.time.HostClock;

/** A peer that hangs up, falls silent, or drips bytes, on a real connection. */
class ExchangeTest {
    private static final long SHORT_NS = 200_000_000L;

    private ServerSocket listener;
    private Socket here;
    private Socket there;
    private Exchange exchange;

    @BeforeEach
    void connect() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        here = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort());
        there = listener.accept();
        exchange = new Exchange(here, true, HostClock.instance(), SHORT_NS);
    }

    @AfterEach
    void disconnect() throws IOException {
        exchange.close();
        there.close();
        listener.close();
    }

    @Test
    void messagesComeWholeThoughInParts() throws IOException {
        OutputStream out = there.getOutputStream();
        out.write("abc".getBytes(StandardCharsets.US_ASCII));
        out.write("defgh".getBytes(StandardCharsets.US_ASCII));
        assertThat(exchange.read(5, "word")).asString(StandardCharsets.US_ASCII).isEqualTo("abcde");
        assertThat(exchange.read(3, "word")).asString(StandardCharsets.US_ASCII).isEqualTo("fgh");
    }

    @Test
    void whoHangsUpAtOnceMayBeCalledAgain() throws IOException {
        there.close();
        assertThatThrownBy(() -> exchange.read(4, "address")).isInstanceOf(Exchange.HungUpException.class);
    }

    @Test
    void whoHangsUpLaterIsGone() throws IOException {
        there.getOutputStream().write(new byte[3]);
        there.close();
        assertThatThrownBy(() -> exchange.read(4, "address")).isNotInstanceOf(Exchange.HungUpException.class)
                .isInstanceOf(IOException.class).hasMessageContaining("hung up before its address was here after 3 of its 4 bytes");
    }

    @Test
    void silenceHasAnEnd() {
        assertThatThrownBy(() -> exchange.read(4, "address")).isInstanceOf(Exchange.HungUpException.class)
                .hasMessageContaining("sent no address");
    }

    @Test
    void bytesThatDripHaveAnEnd() throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        Thread dripping = Thread.ofPlatform().daemon().start(() -> {
            try {
                while (!isOver.get()) {
                    there.getOutputStream().write(1);
                    Thread.yield();
                }
            } catch (IOException e) {
                // closed: the test is over
            }
        });
        assertThatThrownBy(() -> exchange.read(16 << 20, "address")).isInstanceOf(IOException.class)
                .hasMessageContaining("sent no address but");
        isOver.set(true);
        there.close();
        dripping.join();
    }
}
