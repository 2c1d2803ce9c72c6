package org.legoos.managers.processor.tty;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.legoos.isa.time.VirtualClock;
import org.legoos.kernel.signal.Signals;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.managers.processor.fs.OpenFlags;

/** The line discipline as termios(3) has it. */
class TtyTest {
    private static final int IFLAG = 0;
    private static final int OFLAG = 4;
    private static final int LFLAG = 12;
    private static final int CC = 17;

    private final List<String> signals = new ArrayList<>();
    private final VirtualClock clock = new VirtualClock();
    private final Tty tty = new Tty(0, 0, clock, (group, signal) -> signals.add(group + ":" + Signals.name(signal)));
    private final int openedIn;

    TtyTest() {
        tty.setLocked(false);
        openedIn = tty.openSlave();
        tty.control(7, 9);
    }

    private int type(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return tty.masterWrite(bytes, 0, bytes.length);
    }

    private String shown() {
        byte[] bytes = new byte[20000];
        int got = tty.masterRead(bytes, bytes.length);
        return got < 0 ? "E" + -got : new String(bytes, 0, got, StandardCharsets.ISO_8859_1);
    }

    private String read(int length) {
        byte[] bytes = new byte[length];
        int got = tty.slaveRead(bytes, length, true);
        return got < 0 ? "E" + -got : new String(bytes, 0, got, StandardCharsets.ISO_8859_1);
    }

    private void print(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(tty.slaveWrite(bytes, bytes.length)).isEqualTo(bytes.length);
    }

    private void set(int field, int on, int off) {
        byte[] attributes = new byte[Termios.BYTES2];
        tty.change(d -> {
            boolean wasCanonical = d.isCanonical();
            d.termios().store(attributes, false);
            Le.putInt(attributes, field, Le.getInt(attributes, field) & ~off | on);
            d.termios().load(attributes, false);
            d.attributesChanged(wasCanonical);
            return 0;
        });
    }

    private void setControl(int index, int value) {
        byte[] attributes = new byte[Termios.BYTES2];
        tty.change(d -> {
            d.termios().store(attributes, false);
            attributes[CC + index] = (byte) value;
            d.termios().load(attributes, false);
            return 0;
        });
    }

    @Test
    void aLineIsReadWhenItEndsAndShowsAsItIsTyped() {
        type("ab");
        assertThat(read(10)).isEqualTo("E" + Errno.EAGAIN);
        assertThat(shown()).isEqualTo("ab");
        type("c\r");
        assertThat(tty.slavePoll() & OpenFlags.POLLIN).isNotZero();
        assertThat(read(2)).isEqualTo("ab");
        assertThat(read(10)).isEqualTo("c\n");
        assertThat(shown()).isEqualTo("c\r\n");
    }

    @Test
    void eachReadGivesOneLine() {
        type("one\ntwo\n");
        assertThat(read(100)).isEqualTo("one\n");
        assertThat(read(100)).isEqualTo("two\n");
    }

    @Test
    void erasingKeysEditTheLine() {
        set(LFLAG, 0, Termios.ECHO);
        type("abx\177c\n");
        assertThat(read(100)).isEqualTo("abc\n");
        type("some words\27\27new\n");
        assertThat(read(100)).isEqualTo("new\n");
        type("gone\25here\n");
        assertThat(read(100)).isEqualTo("here\n");
        type("\177\27\25x\n");
        assertThat(read(100)).isEqualTo("x\n");
    }

    @Test
    void erasingShows() {
        type("a\t\001\177");
        assertThat(shown()).isEqualTo("a\t^A\b \b\b \b");
        type("\177");
        assertThat(shown()).isEqualTo("\b\b\b\b\b\b\b");
        type("\177\177");
        assertThat(shown()).isEqualTo("\b \b");
    }

    @Test
    void aCharacterOfSeveralBytesIsErasedAtOnce() {
        set(IFLAG, Termios.IUTF8, 0);
        type("x\u00c3\u00a9");
        shown();
        type("\177\n");
        assertThat(shown()).isEqualTo("\b \b\r\n");
        assertThat(read(10)).isEqualTo("x\n");
    }

    @Test
    void endOfFileEndsALineAndIsNotRead() {
        type("abc\4");
        assertThat(read(10)).isEqualTo("abc");
        type("\4");
        assertThat(read(10)).isEmpty();
        type("abcd\4");
        assertThat(read(4)).isEqualTo("abcd");
        assertThat(read(10)).isEqualTo("E" + Errno.EAGAIN);
    }

    @Test
    void literalNextTakesTheMeaningAway() {
        type("\26\3\26\n\n");
        assertThat(signals).isEmpty();
        assertThat(read(10)).isEqualTo("\3\n\n"); // the quoted newline ends nothing
    }

    @Test
    void signalKeysSignalTheForegroundGroupAndFlush() {
        type("abc\3");
        assertThat(signals).containsExactly("9:SIGINT");
        assertThat(shown()).isEqualTo("^C");
        type("\34\32");
        assertThat(signals).containsExactly("9:SIGINT", "9:SIGQUIT", "9:SIGTSTP");
        type("d\n");
        assertThat(read(10)).isEqualTo("d\n");
        set(LFLAG, Termios.NOFLSH, 0);
        type("e\3f\n");
        assertThat(read(10)).isEqualTo("ef\n");
        set(LFLAG, 0, Termios.ISIG);
        type("\3\n");
        assertThat(signals).hasSize(4);
    }

    @Test
    void flowControlHoldsTheOutput() {
        type("\23");
        assertThat(tty.slaveWrite(new byte[1], 1)).isEqualTo(-Errno.EAGAIN);
        assertThat(tty.slavePoll() & OpenFlags.POLLOUT).isZero();
        type("\21");
        print("x");
        assertThat(shown()).isEqualTo("x");
    }

    @Test
    void outputIsProcessed() {
        print("a\nb");
        assertThat(shown()).isEqualTo("a\r\nb");
        set(OFLAG, Termios.XTABS, 0);
        print("\tx\r\tx\b\t");
        assertThat(shown()).isEqualTo("       x\r        x\b        ");
        set(OFLAG, 0, Termios.OPOST);
        print("a\n\t");
        assertThat(shown()).isEqualTo("a\n\t");
    }

    @Test
    void inputIsMapped() {
        set(LFLAG, 0, Termios.ECHO);
        set(IFLAG, Termios.ISTRIP | Termios.IGNCR, 0);
        type("\u00e1\r\n");
        assertThat(read(10)).isEqualTo("a\n");
        set(IFLAG, Termios.INLCR, Termios.IGNCR | Termios.ICRNL | Termios.ISTRIP);
        set(LFLAG, 0, Termios.ICANON);
        type("\n\r");
        assertThat(read(10)).isEqualTo("\r\r");
    }

    @Test
    void rawReadsFollowMinAndTime() {
        set(LFLAG, 0, Termios.ICANON | Termios.ECHO);
        type("a");
        assertThat(read(10)).isEqualTo("a");
        setControl(Termios.VMIN, 3);
        type("bc");
        assertThat(read(10)).isEqualTo("E" + Errno.EAGAIN);
        assertThat(read(2)).isEqualTo("bc");
        setControl(Termios.VMIN, 0);
        assertThat(read(10)).isEmpty();
        setControl(Termios.VTIME, 2);
        assertThat(read(10)).isEqualTo("E" + Errno.EAGAIN);
        clock.advanceTo(clock.nowNs() + 199_000_000L);
        assertThat(read(10)).isEqualTo("E" + Errno.EAGAIN);
        clock.advanceTo(clock.nowNs() + 1_000_000L);
        assertThat(read(10)).isEmpty();
    }

    @Test
    void theInterByteTimerEndsARead() {
        set(LFLAG, 0, Termios.ICANON | Termios.ECHO);
        setControl(Termios.VMIN, 5);
        setControl(Termios.VTIME, 1);
        assertThat(read(10)).isEqualTo("E" + Errno.EAGAIN);
        clock.advanceTo(clock.nowNs() + 1_000_000_000L);
        assertThat(read(10)).isEqualTo("E" + Errno.EAGAIN);
        type("ab");
        assertThat(read(10)).isEqualTo("E" + Errno.EAGAIN);
        clock.advanceTo(clock.nowNs() + 100_000_000L);
        assertThat(read(10)).isEqualTo("ab");
    }

    @Test
    void modesSwitchWithInputWaiting() {
        set(LFLAG, 0, Termios.ECHO);
        type("half");
        set(LFLAG, 0, Termios.ICANON);
        assertThat(read(2)).isEqualTo("ha");
        set(LFLAG, Termios.ICANON, 0);
        assertThat(read(10)).isEqualTo("lf");
    }

    @Test
    void queuesAreBounded() {
        String much = "x".repeat(10_000);
        assertThat(type(much)).isEqualTo(10_000); // an endless line loses its end
        type("\n");
        byte[] line = new byte[5000];
        assertThat(tty.slaveRead(line, line.length, true)).isEqualTo(4096);
        shown();
        set(LFLAG, 0, Termios.ICANON | Termios.ECHO);
        assertThat(type(much)).isEqualTo(4095);
        assertThat(tty.masterPoll() & OpenFlags.POLLOUT).isZero();
        int written = 0;
        for (int put; (put = tty.slaveWrite(new byte[1000], 1000)) > 0; ) {
            written += put;
        }
        assertThat(written).isBetween(4096, 16384);
        assertThat(tty.slavePoll() & OpenFlags.POLLOUT).isZero();
    }

    @Test
    void packetModeTellsOfFlushesAndStops() {
        tty.setPacketMode(true);
        print("x");
        assertThat(shown()).isEqualTo("\0x");
        type("\3");
        assertThat(tty.masterPoll() & OpenFlags.POLLPRI).isNotZero();
        assertThat(shown()).isEqualTo("\3");
        tty.stopOutput(true);
        assertThat(shown()).isEqualTo("\4");
        tty.stopOutput(false);
        assertThat(shown()).isEqualTo("\10");
    }

    @Test
    void theMastersEndIsAHangUp() {
        tty.masterClosed();
        assertThat(signals).containsExactly("-7:SIGHUP", "-7:SIGCONT");
        assertThat(tty.isHungUp(openedIn)).isTrue();
        assertThat(tty.openSlave()).isEqualTo(-Errno.EIO);
        assertThat(tty.isUnused()).isFalse();
        tty.slaveClosed(openedIn);
        assertThat(tty.isUnused()).isTrue();
    }

    @Test
    void theLastSlavesEndIsAnErrorAfterItsOutput() {
        print("bye");
        tty.slaveClosed(openedIn);
        assertThat(tty.masterPoll() & OpenFlags.POLLHUP).isNotZero();
        assertThat(shown()).isEqualTo("bye");
        assertThat(shown()).isEqualTo("E" + Errno.EIO);
        tty.openSlave();
        assertThat(shown()).isEqualTo("E" + Errno.EAGAIN);
    }

    @Test
    void anyBytesAndAttributesAreTaken() {
        Random random = new Random(4711);
        byte[] bytes = new byte[300];
        for (int round = 0; round < 3000; round++) {
            if (random.nextInt(4) == 0) {
                set(random.nextInt(4) * 4, random.nextInt(), random.nextInt());
                setControl(random.nextInt(19), random.nextInt());
            }
            random.nextBytes(bytes);
            int length = random.nextInt(bytes.length);
            tty.masterWrite(bytes, 0, length);
            tty.slaveWrite(bytes, random.nextInt(bytes.length));
            tty.slaveRead(bytes, 1 + random.nextInt(299), random.nextBoolean());
            tty.masterRead(bytes, 1 + random.nextInt(299));
            assertThat(tty.ask(d -> d.input().count())).isBetween(0, InputQueue.CAPACITY);
        }
    }
}
