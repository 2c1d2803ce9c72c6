package org.legoos.mlx4.hca;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;
import org.legoos.isa.time.SerialAgent;
import org.legoos.mlx4.hca.HcaCounters.Kind;
import org.legoos.mlx4.prm.CmdStatus;
import org.legoos.mlx4.prm.Hcr;

/**
 * The HCA command register. Software writes it on any thread; the word with GO hands it to the agent, which executes
 * the command, puts status and results in place, and gives it back by clearing GO.
 */
final class CommandInterface {
    private static final int WORDS = Hcr.SIZE_BYTES / Integer.BYTES;
    private static final int CONTROL = Hcr.CONTROL / Integer.BYTES;

    private final AtomicIntegerArray words = new AtomicIntegerArray(WORDS);
    private final HcaCore core;
    private final CommandTable table;
    private final Command command;
    private final SerialAgent agent;
    private volatile boolean isPosted;
    private volatile Consumer<CommandTrace> tracer; // null: nobody wants to know

    CommandInterface(HcaCore core, CommandTable table, SerialAgent agent) {
        this.core = core;
        this.table = table;
        this.agent = agent;
        command = new Command(core.bus);
    }

    int read(int offset) {
        return words.get(offset / Integer.BYTES);
    }

    /** Any thread. A write while the card owns the register is an error of software and is ignored. */
    void write(int offset, int value) {
        int seen = words.get(CONTROL);
        if (Hcr.GO.of(seen) != 0) {
            core.counters.count(Kind.BAD_REGISTER_ACCESS, offset);
            return;
        }
        if (offset != Hcr.CONTROL) {
            words.set(offset / Integer.BYTES, value);
        } else if (words.compareAndSet(CONTROL, seen, value) && Hcr.GO.of(value) != 0) {
            isPosted = true;
            agent.signal();
        }
    }

    void setTracer(Consumer<CommandTrace> newTracer) {
        tracer = newTracer;
    }

    /** Agent: executes what was posted; false when nothing was. */
    boolean execute() {
        if (!isPosted) {
            return false;
        }
        isPosted = false;
        int control = words.get(CONTROL);
        Consumer<CommandTrace> to = tracer;
        command.begin();
        command.isTraced = to != null;
        command.opcode = Hcr.OPCODE.of(control);
        command.opcodeModifier = Hcr.OPCODE_MODIFIER.of(control);
        command.inModifier = words.get(Hcr.IN_MODIFIER / Integer.BYTES);
        command.inParam = pair(Hcr.IN_PARAM_HI);
        command.outParam = pair(Hcr.OUT_PARAM_HI);
        core.counters.count(Kind.COMMANDS);
        CmdStatus status = table.run(command, core.state);
        if (status != CmdStatus.OK) {
            core.counters.count(Kind.COMMAND_ERRORS, (long) command.opcode << 8 | status.code());
        }
        if (to != null) {
            to.accept(CommandTrace.of(command, status));
        }
        complete(control, status);
        return true;
    }

    private void complete(int control, CmdStatus status) {
        if (status == CmdStatus.OK && command.hasImmediateOut) {
            words.set(Hcr.OUT_PARAM_HI / Integer.BYTES, (int) (command.immediateOut >>> Integer.SIZE));
            words.set(Hcr.OUT_PARAM_LO / Integer.BYTES, (int) command.immediateOut);
        }
        int token = Hcr.TOKEN.of(words.get(Hcr.TOKEN_WORD / Integer.BYTES));
        long outParam = pair(Hcr.OUT_PARAM_HI);
        words.set(CONTROL, Hcr.GO.in(Hcr.STATUS.in(control, status.code()), 0));
        if (Hcr.EVENT.of(control) != 0) {
            core.events.postCommand(token, status.code(), outParam);
        }
    }

    private long pair(int offset) {
        int word = offset / Integer.BYTES;
        return (long) words.get(word) << Integer.SIZE | Integer.toUnsignedLong(words.get(word + 1));
    }

    void reset() {
        isPosted = false;
        for (int i = 0; i < WORDS; i++) {
            words.set(i, 0);
        }
    }
}
