package org.legoos.mlx4.hca;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.legoos.mlx4.prm.CmdStatus;

/** The command that is being executed. Mailboxes are copied in and out, so software cannot change one half-way. */
final class Command {
    static final int MAILBOX_BYTES = 4096;
    private static final byte[] NOTHING = {};

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
    boolean isTraced;
    private byte[] inAsRead = NOTHING; // of a traced command
    private int outBytes;

    Command(BusMaster bus) {
        this.bus = bus;
    }

    void begin() {
        hasImmediateOut = false;
        inAsRead = NOTHING;
        outBytes = 0;
    }

    /** Copies the input mailbox in; false when it is not in memory. */
    boolean loadIn(int sizeBytes) {
        boolean isLoaded = bus.copyIn(inParam, in, 0, sizeBytes);
        if (isTraced && isLoaded) { // who executes it may work in place
            inAsRead = in.asSlice(0, sizeBytes).toArray(ValueLayout.JAVA_BYTE);
        }
        return isLoaded;
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

    /** The input mailbox of a traced command as it was read; empty when there is none. */
    byte[] inAsRead() {
        return inAsRead;
    }

    int outBytes() {
        return outBytes;
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
