package org.legoos.mlx4.hca;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;

/**
 * What went wrong (or is worth knowing) in one HCA, counted by name, with one log line for the first of each kind.
 * Counting allocates nothing after the first of a kind and may be done on any thread.
 */
public final class HcaCounters {
    /** Kinds; the text is what the log line says. */
    public enum Kind {
        COMMANDS("commands executed"),
        COMMAND_ERRORS("command completed with an error status"),
        UNKNOWN_COMMANDS("command opcode that the card does not have"),
        BAD_REGISTER_ACCESS("access to no register, or of the wrong width"),
        BAD_DOORBELL("doorbell for something that does not exist (num_baddb)"),
        BUS_ERRORS("DMA to an address that is not memory, or without bus mastering"),
        ICM_ERRORS("ICM address that is not mapped"),
        MTT_ERRORS("translation entry not present"),
        KEY_ERRORS("memory key check failed"),
        CQ_OVERFLOW("completion queue overflow (num_cqovf)"),
        EQ_OVERFLOW("event queue overflow (num_eqovf)"),
        EVENTS_UNMAPPED("event without an event queue"),
        EVENTS("events written"),
        INTERRUPTS("interrupts raised"),
        COMPLETIONS("completions written"),
        SEND_WQES("send WQEs executed"),
        RECV_WQES("receive WQEs consumed"),
        BAD_WQE("malformed send WQE"),
        UNSUPPORTED_WQE("send WQE whose operation is not supported"),
        SQ_FLUSHED("send WQEs flushed"),
        RQ_FLUSHED("receive WQEs flushed"),
        PACKETS_UNDELIVERED("packets for a QP that cannot take them"),
        INTERNAL_ERRORS("internal error: the card has stopped until it is reset");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        /** Normal operation is counted but never logged. */
        boolean isError() {
            return switch (this) {
                case COMMANDS, EVENTS, INTERRUPTS, COMPLETIONS, SEND_WQES, RECV_WQES, SQ_FLUSHED, RQ_FLUSHED,
                        EVENTS_UNMAPPED, PACKETS_UNDELIVERED -> false;
                default -> true;
            };
        }
    }

    private static final Kind[] KINDS = Kind.values();

    private final AtomicLongArray counts = new AtomicLongArray(KINDS.length);
    private final String name;
    private final Consumer<String> log;

    HcaCounters(String name, Consumer<String> log) {
        this.name = name;
        this.log = log;
    }

    void count(Kind kind) {
        if (counts.getAndIncrement(kind.ordinal()) == 0 && kind.isError()) {
            log.accept(name + ": " + kind.text());
        }
    }

    /** As {@link #count}, with a number that the first log line shows. */
    void count(Kind kind, long detail) {
        if (counts.getAndIncrement(kind.ordinal()) == 0 && kind.isError()) {
            log.accept(name + ": " + kind.text() + " (0x" + Long.toHexString(detail) + ")");
        }
    }

    /** Says what a mistake of our own was, and where. */
    void explain(Throwable cause) {
        StackTraceElement[] trace = cause.getStackTrace();
        log.accept(name + ": " + cause + (trace.length == 0 ? "" : " at " + trace[0]));
    }

    /** For kinds that only the agent counts on its fast path: no locked instruction. */
    void countFast(Kind kind) {
        counts.setPlain(kind.ordinal(), counts.getPlain(kind.ordinal()) + 1);
    }

    public long get(Kind kind) {
        return counts.get(kind.ordinal());
    }

    /** All counters by lower-case name, in order. */
    public Map<String, Long> snapshot() {
        Map<String, Long> out = new LinkedHashMap<>();
        for (Kind kind : KINDS) {
            out.put(kind.name().toLowerCase(java.util.Locale.ROOT), get(kind));
        }
        return out;
    }
}
