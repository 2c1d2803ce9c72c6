package org.legoos.kernel.drivers.mlx4;

import java.lang.foreign.MemorySegment;
import java.util.function.BooleanSupplier;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.kernel.sched.WaitQueue;

/** One command under way: its input and output mailbox, and the wait for its completion event. */
final class Command implements AutoCloseable {
    static final int MAILBOX_BYTES = PhysicalMemory.PAGE_SIZE;
    static final int MAILBOX_PAIR_BYTES = 2 * MAILBOX_BYTES;

    private static final int TOKEN_MASK = 0x7fff; // never POLL_TOKEN

    private final CommandInterface commands;
    private final HostResources host;
    private final int slot;
    private final long inputPa;
    private final WaitQueue waiters = new WaitQueue();
    private final BooleanSupplier isDone = this::isDone;
    private int token; // of the command under way; its owner writes it before it posts
    private int status;
    private long result;
    private volatile boolean done;
    private boolean abandoned;

    Command(CommandInterface commands, HostResources host, int slot, long inputPa) {
        this.commands = commands;
        this.host = host;
        this.slot = slot;
        this.inputPa = inputPa;
        token = slot;
    }

    int slot() {
        return slot;
    }

    MemorySegment memory() {
        return host.memory().segment();
    }

    long inputPa() {
        return inputPa;
    }

    long outputPa() {
        return inputPa + MAILBOX_BYTES;
    }

    /** Zeroes the input mailbox, of which the command reads {@code sizeBytes}. */
    void clearInput(int sizeBytes) {
        host.memory().zero(inputPa, sizeBytes);
    }

    void plain(int opcode, int inputModifier, int opcodeModifier) {
        commands.execute(this, opcode, inputModifier, opcodeModifier, 0, 0);
    }

    /** Input and output are numbers, not mailboxes. */
    long immediate(int opcode, int inputModifier, int opcodeModifier, long input) {
        return commands.execute(this, opcode, inputModifier, opcodeModifier, input, 0);
    }

    /** Input is a mailbox, output a number. */
    long immediateOfInput(int opcode, int inputModifier, int opcodeModifier) {
        return commands.execute(this, opcode, inputModifier, opcodeModifier, inputPa, 0);
    }

    void withInput(int opcode, int inputModifier, int opcodeModifier) {
        commands.execute(this, opcode, inputModifier, opcodeModifier, inputPa, 0);
    }

    void withOutput(int opcode, int inputModifier, int opcodeModifier) {
        commands.execute(this, opcode, inputModifier, opcodeModifier, 0, outputPa());
    }

    void withBoth(int opcode, int inputModifier, int opcodeModifier) {
        commands.execute(this, opcode, inputModifier, opcodeModifier, inputPa, outputPa());
    }

    int newToken() {
        token = token + CommandInterface.SLOTS & TOKEN_MASK;
        done = false;
        return token;
    }

    boolean await(long deadlineNs) {
        return waiters.await(host.clock(), isDone, WaitQueue.BRIEF_SPIN_NS, deadlineNs);
    }

    void complete(int completedToken, int newStatus, long newResult) {
        if (completedToken == token && !done) {
            setResult(newStatus, newResult);
            done = true;
            waiters.wakeAll();
        }
    }

    /** Nobody will complete the command any more. */
    void fail(int newStatus) {
        complete(token, newStatus, 0);
    }

    void setResult(int newStatus, long newResult) {
        status = newStatus;
        result = newResult;
    }

    /** The card may still write to the mailboxes: the slot is not used again. */
    void abandon() {
        abandoned = true;
    }

    int status() {
        return status;
    }

    long result() {
        return result;
    }

    private boolean isDone() {
        return done;
    }

    @Override
    public void close() {
        if (!abandoned) {
            commands.end(this);
        }
    }
}
