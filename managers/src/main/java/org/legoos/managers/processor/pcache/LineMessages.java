package org.legoos.managers.processor.pcache;

import java.lang.foreign.MemorySegment;
import org.legoos.fit.Ibapi;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.rpc.Header;
import org.legoos.managers.rpc.Opcode;
import org.legoos.managers.rpc.PcacheFlush;
import org.legoos.managers.rpc.PcacheMiss;
import org.legoos.managers.rpc.PcacheZerofill;
import org.legoos.managers.rpc.RpcPort;

/**
 * The messages of lines: P2M_PCACHE_MISS, whose reply the card writes straight into the line, and
 * P2M_PCACHE_FLUSH. A flush record always lies where the combined message has it, so that a
 * parked line can also be sent alone. Results are 0 or a negative errno.
 */
final class LineMessages {
    /** The original's DEF_NET_TIMEOUT. */
    static final long TIMEOUT_NS = 30_000_000_000L;

    private static final int FLUSH_MESSAGE_AT = PcacheMiss.FLUSH_AT - PcacheFlush.RECORD_AT;

    private final PhysicalMemory memory;
    private final MemorySegment ram;
    private final Ibapi ibapi;
    private final PcacheEvents events;

    LineMessages(PhysicalMemory memory, Ibapi ibapi, PcacheEvents events) {
        this.memory = memory;
        this.ram = memory.segment();
        this.ibapi = ibapi;
        this.events = events;
    }

    /** Copies a line into the message buffer. */
    void putFlushRecord(FaultContext context, PcacheSpace space, long guestVa, long linePa) {
        long at = context.messagePa + PcacheMiss.FLUSH_AT;
        PcacheFlush.PID.set(ram, at, space.pid);
        PcacheFlush.USER_VA.set(ram, at, guestVa);
        memory.copy(linePa, at + PcacheFlush.LINE_AT, PcacheGeometry.LINE_BYTES);
    }

    /** Puts the content of the flush record back into a line. */
    void takeFlushRecord(FaultContext context, long linePa) {
        long at = context.messagePa + PcacheMiss.FLUSH_AT + PcacheFlush.LINE_AT;
        memory.copy(at, linePa, PcacheGeometry.LINE_BYTES);
    }

    /** Sends the flush record alone. */
    int sendFlushRecord(FaultContext context, int node) {
        events.flush.increment();
        long at = context.messagePa + FLUSH_MESSAGE_AT;
        Header.write(ram, at, Opcode.P2M_PCACHE_FLUSH, ibapi.nodeId(), PcacheFlush.SIZE_BYTES);
        int got = ibapi.sendReplyTimeout(
                node, RpcPort.MEMORY, at, PcacheFlush.SIZE_BYTES, context.replyPa, Integer.BYTES, TIMEOUT_NS);
        int status = status(got, context.replyPa);
        if (status != 0) {
            events.flushFail.increment();
        }
        return status;
    }

    /** Asks for a page, into the line; the flush record goes along when a line is parked. */
    int miss(FaultContext context, PcacheSpace space, long guestVa, int access, long linePa) {
        long at = context.messagePa;
        boolean withFlush = context.parkedLine != FaultContext.NONE;
        int length = withFlush ? PcacheMiss.WITH_FLUSH_BYTES : PcacheMiss.SIZE_BYTES;
        int node = space.ownerOf(guestVa);
        Header.write(ram, at, Opcode.P2M_PCACHE_MISS, ibapi.nodeId(), length);
        PcacheMiss.PID.set(ram, at, space.pid);
        PcacheMiss.ACCESS.set(ram, at, access);
        PcacheMiss.MISSING_VA.set(ram, at, guestVa);
        PcacheMiss.HAS_FLUSH.set(ram, at, withFlush ? 1 : 0);
        int[] bits = context.privateBits;
        int got = ibapi.sendReplyTimeoutWithPrivateBits(
                node, RpcPort.MEMORY, at, length, linePa, PcacheGeometry.LINE_BYTES, TIMEOUT_NS, bits);
        context.flushErrno = 0;
        if (withFlush) {
            events.flush.increment();
            context.flushErrno = got < 0 ? -got : bits[0];
        }
        return got == PcacheGeometry.LINE_BYTES ? 0 : errorOf(got, linePa);
    }

    /** P2M_PCACHE_ZEROFILL: the home may set memory aside. */
    int notifyZerofill(FaultContext context, PcacheSpace space, long guestVa) {
        long at = context.messagePa;
        Header.write(ram, at, Opcode.P2M_PCACHE_ZEROFILL, ibapi.nodeId(), PcacheZerofill.SIZE_BYTES);
        PcacheZerofill.PID.set(ram, at, space.pid);
        PcacheZerofill.MISSING_VA.set(ram, at, guestVa);
        int node = space.ownerOf(guestVa);
        int got = ibapi.sendReplyTimeout(
                node, RpcPort.MEMORY, at, PcacheZerofill.SIZE_BYTES, context.replyPa, Integer.BYTES, TIMEOUT_NS);
        return status(got, context.replyPa);
    }

    private int status(int got, long replyPa) {
        return got == Integer.BYTES && memory.getInt(replyPa) == 0 ? 0 : errorOf(got, replyPa);
    }

    /** A short reply is an errno; whatever else is not a page is an I/O error. */
    private int errorOf(int got, long replyPa) {
        if (got < 0) {
            return got;
        }
        int errno = got == Integer.BYTES ? memory.getInt(replyPa) : 0;
        return Errno.isError(errno) ? errno : -Errno.EIO;
    }
}
