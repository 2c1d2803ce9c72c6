package org.legoos.mlx4.hca;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.legoos.mlx4.prm.CmdStatus;

/** The command that is being executed. Mailboxes are copied in and out, so software cannot change one half-way. */
final class Command {
    static final int MAILBOX_BYTES = 4096;

    /** What carries a command out; anything may be in the mailbox. */
    @FunctionalInterface
    interface Handler {
        CmdStatus run(Command command);
    }

    final MemorySegment in = Arena.ofAuto().allocate(MAILBOX_BYTES, 64);
    final MemorySegment out = Arena.ofAuto().allocate(MAILBOX_BYTES, 64);
    private final BusMaster bus;

    int opcode;
    int opcodeModifier;
    int inModifier;
    long inParam;
    long outParam;
    long immediateOut;
    boolean hasImmediateOut;
    private int outBytes;

    Command(BusMaster bus) {
        this.bus = bus;
    }

    void begin() {
        hasImmediateOut = false;
        outBytes = 0;
    }

    /** Copies the input mailbox in; false when it is not in memory. */
    boolean loadIn(int sizeBytes) {
        return bus.copyIn(inParam, in, 0, sizeBytes);
    }

    /** Prepares a zeroed output mailbox, written back when the command succeeds; false when it is not in memory. */
    boolean prepareOut(int sizeBytes) {
        if (bus.at(outParam, sizeBytes) == null) {
            return false;
        }
        outBytes = sizeBytes;
        out.asSlice(0, sizeBytes).fill((byte) 0);
        return true;
    }

    /** For commands whose output mailbox is optional. */
    void dropOut() {
        outBytes = 0;
    }

    void answerImmediate(long value) {
        immediateOut = value;
        hasImmediateOut = true;
    }

    boolean storeOut() {
        return outBytes == 0 || bus.copyOut(out, 0, outParam, outBytes);
    }

    /** Puts an object's context into the output mailbox. */
    void answer(MemorySegment context, int sizeBytes, int at) {
        MemorySegment.copy(context, 0, out, at, sizeBytes);
    }

    /** A copy of the input from {@code at} that outlives the command. */
    MemorySegment keepIn(int at, int sizeBytes) {
        MemorySegment kept = Arena.ofAuto().allocate(sizeBytes, 8);
        MemorySegment.copy(in, at, kept, 0, sizeBytes);
        return kept;
    }
}
