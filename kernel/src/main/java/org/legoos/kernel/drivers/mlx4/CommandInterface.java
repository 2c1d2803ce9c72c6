package org.legoos.kernel.drivers.mlx4;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.legoos.isa.time.SerialAgent;
import org.legoos.kernel.drivers.pci.Mmio;
import org.legoos.kernel.ib.IbException;
import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.syscall.Errno;
import org.legoos.mlx4.prm.CmdStatus;
import org.legoos.mlx4.prm.Dcs;
import org.legoos.mlx4.prm.Hcr;
import org.legoos.mlx4.prm.Opcode;

/**
 * Firmware commands through the HCR (Linux cmd.c). While booting one command at a time, polled; once the
 * asynchronous event queue lives, up to {@link #SLOTS} at a time, each waiting for its completion event.
 *
 * <p>A command blocks. From an interrupt handler or an agent it would wait for itself, so there it fails with EDEADLK.
 */
final class CommandInterface {
    /** Concurrent commands: set-up is mostly single-threaded, so a few are plenty. */
    static final int SLOTS = 4;

    private static final long COMMAND_TIMEOUT_NS = 60_000_000_000L;
    private static final long GO_TIMEOUT_NS = 10_000_000_000L;
    private static final long POLL_NS = 1_000_000L;

    private final HostResources host;
    private final Mmio dcs;
    private final String name;
    private final HostResources.DmaBuffer mailboxes;
    private final Command[] slots = new Command[SLOTS];
    private final AtomicInteger freeSlots = new AtomicInteger();
    private final WaitQueue slotWaiters = new WaitQueue();
    private final BooleanSupplier hasFreeSlot = () -> freeSlots.get() != 0;
    private final WaitQueue hcrWaiters = new WaitQueue(); // nobody wakes it: its deadline paces the polling
    private final BooleanSupplier isHcrIdle = () -> !isPending();
    private int toggle; // guarded by this: what the next command carries
    private volatile boolean eventMode;
    private volatile boolean hasCardFailed;

    CommandInterface(HostResources host, Mmio dcs, String name) {
        this.host = host;
        this.dcs = dcs;
        this.name = name;
        mailboxes = host.allocate((long) SLOTS * Command.MAILBOX_PAIR_BYTES, "command mailboxes");
        for (int i = 0; i < SLOTS; i++) {
            slots[i] = new Command(this, host, i, mailboxes.pa() + (long) i * Command.MAILBOX_PAIR_BYTES);
        }
        freeSlots.set(1);
        toggle = 1; // the card was just reset: the HCR's is 0
    }

    /** From now on commands report by event, at most as many at a time as firmware takes. */
    void useEvents(int maxCommands) {
        eventMode = true;
        freeSlots.set((1 << Math.min(SLOTS, maxCommands)) - 1);
    }

    /** Back to polling, for shutting down. Nobody else may have a command under way. */
    void usePolling() {
        eventMode = false;
        freeSlots.set(1);
    }

    /** No more commands. */
    void close() {
        host.free(mailboxes);
    }

    /** The card has stopped: commands fail from now on, those under way too, but those that take things down succeed. */
    void cardFailed() {
        hasCardFailed = true;
        for (Command slot : slots) {
            slot.fail(CmdStatus.INTERNAL_ERR.code());
        }
        slotWaiters.wakeAll();
    }

    /** What Linux lets pass on a dead card (mlx4_internal_err_ret_value). */
    private static boolean isTeardown(int opcode) {
        return switch (opcode) {
            case Opcode.TO_RST_QP, Opcode.TO_ERR_QP, Opcode.HW2SW_CQ, Opcode.HW2SW_EQ, Opcode.HW2SW_SRQ, Opcode.HW2SW_MPT,
                    Opcode.MAP_EQ, Opcode.SYNC_TPT, Opcode.WRITE_MCG, Opcode.CLOSE_PORT, Opcode.CLOSE_HCA, Opcode.UNMAP_ICM,
                    Opcode.UNMAP_ICM_AUX, Opcode.UNMAP_FA -> true;
            default -> false;
        };
    }

    /** Takes a command slot, waiting for one; closing the command gives it back. */
    Command begin() {
        if (SerialAgent.isInsideAgent()) {
            throw new IbException(Errno.EDEADLK, name + ": command from inside an interrupt handler");
        }
        while (true) {
            int free = freeSlots.get();
            if (free == 0) {
                long deadlineNs = host.clock().nowNs() + COMMAND_TIMEOUT_NS;
                if (!slotWaiters.await(host.clock(), hasFreeSlot, 0, deadlineNs)) {
                    throw new IbException(Errno.EBUSY, name + ": no command slot came free");
                }
            } else if (freeSlots.compareAndSet(free, free & free - 1)) {
                return slots[Integer.numberOfTrailingZeros(free)];
            }
        }
    }

    void end(Command command) {
        freeSlots.getAndUpdate(free -> free | 1 << command.slot());
        slotWaiters.wakeAll();
    }

    /** Runs a command that was set up; throws when it fails. @return the immediate result */
    long execute(Command command, int opcode, int inputModifier, int opcodeModifier, long input, long output) {
        if (hasCardFailed) {
            if (isTeardown(opcode)) {
                return 0;
            }
            throw new IbException(Errno.EIO, "%s: command 0x%x: the card has stopped".formatted(name, opcode));
        }
        int status = eventMode
                ? executeWithEvent(command, opcode, inputModifier, opcodeModifier, input, output)
                : executePolled(command, opcode, inputModifier, opcodeModifier, input, output);
        if (status != CmdStatus.OK.code()) {
            CmdStatus known = CmdStatus.of(status);
            throw new IbException(StatusErrno.of(known), "%s: command 0x%x failed: fw status = 0x%x (%s)".formatted(name, opcode, status, known));
        }
        return command.result();
    }

    /** A command completion event has arrived. Late ones, after a time-out, are ignored. */
    void complete(int token, int status, long outParam) {
        slots[token % SLOTS].complete(token, status, outParam);
    }

    private int executeWithEvent(Command command, int opcode, int inputModifier, int opcodeModifier, long input, long output) {
        int token = command.newToken();
        synchronized (this) {
            post(opcode, inputModifier, opcodeModifier, input, output, token, true);
        }
        if (!command.await(host.clock().nowNs() + COMMAND_TIMEOUT_NS)) {
            command.abandon();
            throw new IbException(Errno.ETIMEDOUT, "%s: command 0x%x timed out (go bit %s)"
                    .formatted(name, opcode, isPending() ? "still set" : "cleared, no event came"));
        }
        return command.status();
    }

    private synchronized int executePolled(
            Command command, int opcode, int inputModifier, int opcodeModifier, long input, long output) {
        post(opcode, inputModifier, opcodeModifier, input, output, Hcr.POLL_TOKEN, false);
        if (!awaitIdle(COMMAND_TIMEOUT_NS)) {
            command.abandon();
            throw new IbException(Errno.ETIMEDOUT, "%s: command 0x%x timed out (polled)".formatted(name, opcode));
        }
        long high = Integer.toUnsignedLong(dcs.read32Be(Dcs.HCR + Hcr.OUT_PARAM_HI));
        long low = Integer.toUnsignedLong(dcs.read32Be(Dcs.HCR + Hcr.OUT_PARAM_LO));
        int status = Hcr.STATUS.of(dcs.read32Be(Dcs.HCR + Hcr.CONTROL));
        command.setResult(status, high << 32 | low);
        return status;
    }

    /** Writes the HCR, its control word last. Called with the lock held. */
    private void post(int opcode, int inputModifier, int opcodeModifier, long input, long output, int token, boolean withEvent) {
        if (!awaitIdle(GO_TIMEOUT_NS)) {
            throw new IbException(Errno.EAGAIN, "%s: the HCR is busy: command 0x%x not posted".formatted(name, opcode));
        }
        dcs.write32Be(Dcs.HCR + Hcr.IN_PARAM_HI, (int) (input >>> 32));
        dcs.write32Be(Dcs.HCR + Hcr.IN_PARAM_LO, (int) input);
        dcs.write32Be(Dcs.HCR + Hcr.IN_MODIFIER, inputModifier);
        dcs.write32Be(Dcs.HCR + Hcr.OUT_PARAM_HI, (int) (output >>> 32));
        dcs.write32Be(Dcs.HCR + Hcr.OUT_PARAM_LO, (int) output);
        dcs.write32Be(Dcs.HCR + Hcr.TOKEN_WORD, Hcr.TOKEN.of0(token));
        int control = Hcr.GO.of0(1) | Hcr.EVENT.of0(withEvent ? 1 : 0) | Hcr.TOGGLE.of0(toggle)
                | Hcr.OPCODE_MODIFIER.of0(opcodeModifier) | Hcr.OPCODE.of0(opcode);
        toggle ^= 1;
        dcs.write32Be(Dcs.HCR + Hcr.CONTROL, control);
    }

    private boolean awaitIdle(long timeoutNs) {
        long deadlineNs = host.clock().nowNs() + timeoutNs;
        while (!hcrWaiters.await(host.clock(), isHcrIdle, WaitQueue.BRIEF_SPIN_NS, host.clock().nowNs() + POLL_NS)) {
            if (host.clock().nowNs() >= deadlineNs) {
                return false;
            }
        }
        return true;
    }

    /** The card owns the HCR, or has not even seen the last command. */
    private boolean isPending() {
        int control = dcs.read32Be(Dcs.HCR + Hcr.CONTROL);
        return Hcr.GO.of(control) != 0 || Hcr.TOGGLE.of(control) == toggle;
    }
}
