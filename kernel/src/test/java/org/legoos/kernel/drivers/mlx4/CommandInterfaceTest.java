package org.legoos.kernel.drivers.mlx4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.legoos.isa.bus.MmioBus;
import org.legoos.isa.bus.MmioDevice;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.time.Clock;
import org.legoos.isa.time.SerialAgent;
import org.legoos.kernel.drivers.pci.Mmio;
import org.legoos.kernel.ib.IbException;
import org.legoos.kernel.mm.FrameAllocator;
import org.legoos.kernel.printk.Printk;

/** The command register's protocol against a register file that answers as each test says. */
class CommandInterfaceTest {
    private static final int HCR = 0x80680;
    private static final int CONTROL = HCR + 0x18;

    /** Time that passes when looked at, so that time-outs need no waiting. */
    private static final class ImpatientClock implements Clock {
        private long nowNs;

        @Override
        public synchronized long nowNs() {
            return nowNs += 100_000_000_000L;
        }

        @Override
        public long wallTimeNs() {
            return 0;
        }

        @Override
        public Timer newTimer(Runnable action) {
            throw new UnsupportedOperationException();
        }
    }

    private final PhysicalMemory memory = PhysicalMemory.ofSize(1 << 20);
    private final ImpatientClock clock = new ImpatientClock();
    private final int[] registers = new int[0x10_0000 / 4]; // big-endian values
    private final List<String> posted = new ArrayList<>();
    private IntUnaryOperator card = control -> control & ~0x80_0000; // done at once, status 0
    private final CommandInterface commands;

    CommandInterfaceTest() {
        MmioBus bus = new MmioBus();
        bus.map(0x80_0000_0000L, 0x10_0000, new MmioDevice() {
            @Override
            public long read(long offset, int sizeBytes) {
                return Integer.toUnsignedLong(Integer.reverseBytes(registers[(int) offset / 4]));
            }

            @Override
            public void write(long offset, int sizeBytes, long value) {
                registers[(int) offset / 4] = Integer.reverseBytes((int) value);
                if (offset == CONTROL) {
                    StringBuilder words = new StringBuilder();
                    for (int i = 0; i < 7; i++) {
                        words.append("%08x ".formatted(registers[HCR / 4 + i]));
                    }
                    posted.add(words.toString().strip());
                    registers[CONTROL / 4] = card.applyAsInt(registers[CONTROL / 4]);
                }
            }
        });
        HostResources host = new HostResources(memory, new FrameAllocator(memory, 0x2000, (1 << 20) - 0x2000), clock, new Printk(clock));
        commands = new CommandInterface(host, new Mmio(bus, 0x80_0000_0000L, 0x10_0000), "mlx4_core test");
    }

    @AfterEach
    void close() {
        memory.close();
    }

    private void run(int opcode) {
        try (Command command = commands.begin()) {
            command.plain(opcode, 0, 0);
        }
    }

    @Test
    void wordsAreAsDocumentedAndTheToggleAlternates() {
        try (Command command = commands.begin()) {
            command.withOutput(0x004, 0, 0);
        }
        run(0xff6);
        assertThat(posted).containsExactly(
                "00000000 00000000 00000000 00000000 00003000 ffff0000 00a00004",
                "00000000 00000000 00000000 00000000 00000000 ffff0000 00800ff6");
    }

    @Test
    void nopInEventModeIsAsDocumented() {
        commands.useEvents(1);
        card = control -> {
            commands.complete(posted.getLast().length() == 0 ? 0 : Integer.parseInt(posted.getLast().substring(45, 49), 16), 0, 0);
            return control & ~0x80_0000;
        };
        try (Command command = commands.begin()) {
            command.plain(0x031, 0x1f, 0);
        }
        assertThat(posted.getFirst()).startsWith("00000000 00000000 0000001f 00000000 00000000 ").endsWith("0000 00e00031");
    }

    @Test
    void aFailureSaysWhichCommandAndWhy() {
        card = control -> control & ~0x80_0000 | 0x02 << 24;
        assertThatThrownBy(() -> run(0x031)).isInstanceOf(IbException.class).hasMessageContaining("command 0x31 failed")
                .hasMessageContaining("BAD_OP").extracting(e -> ((IbException) e).errno()).isEqualTo(1);
        card = control -> control & ~0x80_0000;
        run(0x031);
    }

    @Test
    void immediateResultsComeBack() {
        registers[HCR / 4 + 3] = 0x12;
        card = control -> {
            registers[HCR / 4 + 3] = 1;
            registers[HCR / 4 + 4] = 0x80000000;
            return control & ~0x80_0000;
        };
        try (Command command = commands.begin()) {
            assertThat(command.immediate(0xffd, 0, 0, 0x1_0000_0000L)).isEqualTo(0x1_8000_0000L);
        }
        assertThat(posted.getFirst()).startsWith("00000001 00000000");
    }

    @Test
    void aCardThatNeverAnswersIsATimeout() {
        card = control -> control;
        assertThatThrownBy(() -> run(0x004)).isInstanceOf(IbException.class).hasMessageContaining("0x4 timed out")
                .extracting(e -> ((IbException) e).errno()).isEqualTo(110);
    }

    @Test
    void aCompletionThatNeverComesIsATimeoutAndALateOneIsIgnored() {
        commands.useEvents(2);
        assertThatThrownBy(() -> run(0x031)).hasMessageContaining("cleared, no event came");
        int token = Integer.parseInt(posted.getLast().substring(45, 49), 16);
        commands.complete(token, 0, 0);
        commands.complete(0xffff, 0, 0);
        card = control -> {
            commands.complete(Integer.parseInt(posted.getLast().substring(45, 49), 16), 0x10, 0);
            return control & ~0x80_0000;
        };
        assertThatThrownBy(() -> run(0x019)).hasMessageContaining("BAD_QP_STATE");
    }

    @Test
    void commandsInsideAnAgentAreRefused() {
        List<Throwable> thrown = new ArrayList<>();
        new SerialAgent() {
            @Override
            protected void doWork() {
                try {
                    run(0x031);
                } catch (IbException e) {
                    thrown.add(e);
                }
            }
        }.signal();
        assertThat(thrown).hasSize(1);
        assertThat(posted).isEmpty();
    }
}
