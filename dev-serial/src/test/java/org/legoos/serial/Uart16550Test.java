package org.legoos.serial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.legoos.isa.bus.PortBus;
import org.legoos.isa.time.VirtualClock;

/** Registers by the PC16550D data sheet; numbers are the data sheet's, so that a wrong constant shows. */
class Uart16550Test {
    private static final int BASE = 0x3f8;
    private static final int RBR = 0;
    private static final int IER = 1;
    private static final int IIR = 2;
    private static final int FCR = 2;
    private static final int LCR = 3;
    private static final int MCR = 4;
    private static final int LSR = 5;
    private static final int MSR = 6;
    private static final int SCR = 7;

    private final VirtualClock clock = new VirtualClock();
    private final RecordingBackend backend = new RecordingBackend();
    private final PortBus ports = new PortBus();
    private int interrupts;
    private Runnable handler = () -> {};
    private final Uart16550 uart = new Uart16550(clock, backend, this::onInterrupt);

    Uart16550Test() {
        ports.map(BASE, Uart16550.PORT_COUNT, uart);
    }

    private void onInterrupt() {
        interrupts++;
        handler.run();
    }

    private int in(int register) {
        return ports.in(BASE + register, 1);
    }

    private void out(int register, int value) {
        ports.out(BASE + register, 1, value);
    }

    private void receive(String text) {
        text.chars().forEach(c -> uart.receive((byte) c));
    }

    @Test
    void resetStateIsThatOfTheDataSheet() {
        assertThat(in(IER)).isZero();
        assertThat(in(IIR)).isEqualTo(0x01);
        assertThat(in(LCR)).isZero();
        assertThat(in(MCR)).isZero();
        assertThat(in(LSR)).isEqualTo(0x60);
        assertThat(in(MSR)).isEqualTo(0xb0);
    }

    @Test
    void scratchAndLatchKeepWhatIsWritten() {
        out(SCR, 0xa5);
        out(LCR, 0x83);
        out(RBR, 0x0c);
        out(IER, 0x01);
        assertThat(in(RBR)).isEqualTo(0x0c);
        assertThat(in(IER)).isEqualTo(0x01);
        out(LCR, 0x03);
        assertThat(in(IER)).as("IER is untouched by the latch").isZero();
        assertThat(in(SCR)).isEqualTo(0xa5);
        assertThat(ports.in(BASE + SCR, 1)).isEqualTo(0xa5);
        assertThat(ports.in(BASE + LSR, 2)).as("two ports in turn").isEqualTo(0xb060);
    }

    @Test
    void onlyDefinedBitsOfIerAndMcrExist() {
        out(IER, 0xff);
        out(MCR, 0xff);
        assertThat(in(IER)).isEqualTo(0x0f);
        assertThat(in(MCR)).isEqualTo(0x1f);
    }

    @Test
    void loopbackConnectsDataAndModemLines() {
        out(FCR, 0x01);
        out(MCR, 0x1a); // loop, OUT2, RTS
        assertThat(in(MSR) & 0xf0).isEqualTo(0x90);
        out(MCR, 0x15); // loop, OUT1, DTR
        assertThat(in(MSR) & 0xf0).isEqualTo(0x60);
        out(MCR, 0x10);
        assertThat(in(MSR)).as("RI fell, DSR changed").isEqualTo(0x06);
        for (int i = 0; i < 20; i++) {
            out(RBR, i);
        }
        uart.receive((byte) 99); // the pin is cut off
        assertThat(in(LSR)).isEqualTo(0x63);
        for (int i = 0; i < 16; i++) {
            assertThat(in(RBR)).isEqualTo(i);
        }
        assertThat(in(LSR)).isEqualTo(0x60);
        assertThat(backend.bytes()).isEmpty();
    }

    @Test
    void overrunKeepsTheFifoAndIsToldOnce() {
        out(FCR, 0x01);
        receive("0123456789abcdefX");
        assertThat(in(LSR)).isEqualTo(0x63);
        assertThat(in(LSR)).isEqualTo(0x61);
        assertThat(in(RBR)).isEqualTo('0');
    }

    @Test
    void withoutFifoTheNewestCharacterStays() {
        receive("ab");
        assertThat(in(LSR)).isEqualTo(0x63);
        assertThat(in(RBR)).isEqualTo('b');
        assertThat(in(LSR)).isEqualTo(0x60);
    }

    @Test
    void thrEmptyInterruptsAgainWhenItsEnableIsWrittenAgain() {
        out(MCR, 0x08);
        out(IER, 0x02);
        assertThat(interrupts).isEqualTo(1);
        assertThat(in(IIR)).isEqualTo(0x02);
        assertThat(in(IIR)).as("reading takes it back").isEqualTo(0x01);
        out(IER, 0x00);
        out(IER, 0x02);
        assertThat(interrupts).isEqualTo(2);
        assertThat(in(IIR)).isEqualTo(0x02);
        out(RBR, 'x');
        assertThat(interrupts).isEqualTo(3);
        assertThat(in(IIR)).isEqualTo(0x02);
    }

    @Test
    void aHandlerThatWritesIsCalledAgainButNotNested() {
        int[] left = {1000};
        int[] depth = {0};
        handler = () -> {
            assertThat(++depth[0]).isEqualTo(1);
            while (in(IIR) == 0x02) {
                if (left[0] == 0) {
                    out(IER, 0);
                    break;
                }
                left[0]--;
                out(RBR, 'x');
            }
            depth[0]--;
        };
        out(MCR, 0x08);
        out(IER, 0x02);
        uart.flush();
        assertThat(backend.bytes()).hasSize(1000);
    }

    @Test
    void interruptsNeedOut2AndNoLoopback() {
        out(IER, 0x01);
        uart.receive((byte) 'a');
        assertThat(interrupts).isZero();
        out(MCR, 0x18);
        assertThat(interrupts).isZero();
        out(MCR, 0x08);
        assertThat(interrupts).isEqualTo(1);
    }

    @Test
    void receiveInterruptComesAtTheTriggerLevelOrAfterFourCharacterTimes() {
        out(LCR, 0x83);
        out(RBR, 1); // 115200 baud: a 10-bit character is 86805 ns
        out(LCR, 0x03);
        out(FCR, 0x81); // trigger at 8
        out(MCR, 0x08);
        out(IER, 0x01);
        receive("1234567");
        assertThat(in(IIR)).isEqualTo(0xc1);
        uart.receive((byte) '8');
        assertThat(in(IIR)).isEqualTo(0xc4);
        assertThat(interrupts).isEqualTo(1);
        assertThat(in(RBR)).isEqualTo('1');
        assertThat(in(IIR)).as("below the level again").isEqualTo(0xc1);
        clock.advanceTo(347_200);
        assertThat(in(IIR)).isEqualTo(0xc1);
        clock.advanceTo(347_300);
        assertThat(in(IIR)).isEqualTo(0xcc);
        assertThat(interrupts).isEqualTo(2);
        in(RBR);
        assertThat(in(IIR)).as("any read ends the time-out").isEqualTo(0xc1);
    }

    @Test
    void aTimeoutComesForCharactersThatWaitedBeforeTheEnable() {
        out(FCR, 0xc1);
        out(MCR, 0x08);
        uart.receive((byte) 'a');
        out(IER, 0x01);
        assertThat(clock.advanceToNextTimer()).isTrue();
        assertThat(in(IIR)).isEqualTo(0xcc);
    }

    @Test
    void interruptsAreToldByPriority() {
        out(MCR, 0x08);
        out(IER, 0x0f);
        uart.carrier(false);
        receive("ab");
        assertThat(in(IIR)).isEqualTo(0x06);
        assertThat(in(LSR)).isEqualTo(0x63);
        assertThat(in(IIR)).isEqualTo(0x04);
        in(RBR);
        assertThat(in(IIR)).isEqualTo(0x02);
        assertThat(in(IIR)).isEqualTo(0x00);
        assertThat(in(MSR)).isEqualTo(0x38);
        assertThat(in(IIR)).isEqualTo(0x01);
    }

    @Test
    void breakComesWithItsCharacter() {
        out(FCR, 0x01);
        out(MCR, 0x08);
        out(IER, 0x04);
        uart.receive((byte) 'a');
        uart.receiveBreak();
        assertThat(in(LSR)).as("FIFO holds an error further back").isEqualTo(0xe1);
        assertThat(in(RBR)).isEqualTo('a');
        assertThat(in(IIR)).isEqualTo(0xc6);
        assertThat(in(LSR)).isEqualTo(0xf1);
        assertThat(in(LSR)).isEqualTo(0x61);
        assertThat(in(RBR)).isZero();
    }

    @Test
    void clearingTheFifoForgetsCharacters() {
        out(FCR, 0x01);
        receive("abc");
        out(FCR, 0x03);
        assertThat(in(LSR)).isEqualTo(0x60);
        receive("abc");
        out(FCR, 0x00);
        assertThat(in(LSR)).isEqualTo(0x60);
        assertThat(in(IIR)).isEqualTo(0x01);
    }

    @Test
    void outputGoesOutByLineOrWhenIdle() {
        "one\ntwo".chars().forEach(c -> out(RBR, c));
        assertThat(backend.batches).containsExactly("one\n");
        clock.advanceTo(9_000_000);
        assertThat(backend.batches).hasSize(1);
        clock.advanceTo(11_000_000);
        assertThat(backend.batches).containsExactly("one\n", "two");
        out(RBR, '!');
        uart.close();
        assertThat(backend.batches).containsExactly("one\n", "two", "!");
        assertThat(backend.isClosed).isTrue();
        out(RBR, 'x');
        uart.close();
        clock.advanceTo(50_000_000);
        assertThat(backend.batches).hasSize(3);
    }

    @Test
    void allByteValuesPassBothWays() {
        out(FCR, 0x01);
        byte[] expected = new byte[256];
        for (int i = 0; i < 256; i++) {
            expected[i] = (byte) i;
            out(RBR, i);
            uart.receive((byte) i);
            assertThat(in(RBR)).isEqualTo(i);
        }
        uart.flush();
        assertThat(backend.bytes()).isEqualTo(expected);
    }

    @Test
    void randomRegisterTrafficNeverThrowsOrGrows() {
        long seed = Long.getLong("legoos.seed", new Random().nextLong());
        System.out.println("Uart16550Test legoos.seed=" + seed);
        Random random = new Random(seed);
        handler = () -> in(IIR);
        for (int i = 0; i < 100_000; i++) {
            switch (random.nextInt(4)) {
                case 0 -> in(random.nextInt(8));
                case 1 -> out(random.nextInt(8), random.nextInt(256));
                case 2 -> uart.receive((byte) random.nextInt());
                default -> clock.advanceTo(clock.nowNs() + random.nextInt(1_000_000));
            }
            assertThat(in(LSR) & 0x60).isEqualTo(0x60);
        }
    }
}
