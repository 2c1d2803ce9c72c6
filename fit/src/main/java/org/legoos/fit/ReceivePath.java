package org.legoos.fit;

import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.time.SerialAgent;
import org.legoos.kernel.ib.CompletionQueue;
import org.legoos.kernel.ib.WcStatus;
import org.legoos.kernel.ib.WorkCompletion;
import org.legoos.kernel.printk.LogLevel;

/**
 * Takes completions from the receive CQ and gives each message to whom it is for: a reply to its call, a
 * request to its port. Runs where it is signalled: on the completion interrupt's thread (default), or on
 * the polling thread; see {@link ReceiveMode}.
 */
final class ReceivePath extends SerialAgent {
    private final Fit fit;
    private final PhysicalMemory memory;
    private final CompletionQueue cq;
    private final boolean armWhenIdle;
    private final boolean sharesHandlers;
    private final WorkCompletion completion = new WorkCompletion();
    private final Incoming incoming = new Incoming();

    /** Set when anything was taken since the polling thread looked last. */
    volatile boolean worked;

    /** @param sharesHandlers other paths run at the same time, and a port's handler is made for one at a time */
    ReceivePath(Fit fit, PhysicalMemory memory, CompletionQueue cq, boolean armWhenIdle, boolean sharesHandlers) {
        this.sharesHandlers = sharesHandlers;
        this.fit = fit;
        this.memory = memory;
        this.cq = cq;
        this.armWhenIdle = armWhenIdle;
    }

    @Override
    protected void doWork() {
        boolean any = drain();
        if (armWhenIdle) {
            // What arrived before arming raises no interrupt, so look once more after it.
            cq.requestNotification(false);
            any |= drain();
        }
        if (any) {
            worked = true;
        }
    }

    void arm() {
        cq.requestNotification(false);
    }

    private boolean drain() {
        boolean any = false;
        while (cq.poll(completion)) {
            any = true;
            try {
                dispatch();
            } catch (RuntimeException e) {
                fit.log().once(LogLevel.ERR, "fit-dispatch-" + e, "fit: handler failed: %s", e);
            }
        }
        return any;
    }

    private void dispatch() {
        Peer peer = fit.peerOfQpn(completion.qpn);
        if (peer == null) {
            return;
        }
        if (completion.status != WcStatus.SUCCESS) {
            fit.departures().receiveFailed(peer, completion.status);
            return;
        }
        fit.repostReceive(peer, completion.qpn);
        fit.counters().receiveCqes.increment();
        fit.counters().bytesRx.add(completion.lengthBytes);
        int immediate = completion.immediate;
        switch (ImmediateData.kind(immediate)) {
            case ImmediateData.REPLY -> reply(peer, immediate);
            case ImmediateData.SEND -> request(peer, immediate);
            case ImmediateData.CREDIT -> credit(peer, immediate);
            default -> bad(peer, "immediate 0x" + Integer.toHexString(immediate));
        }
    }

    private void reply(Peer peer, int immediate) {
        int tag = ImmediateData.value(immediate);
        Call call = fit.calls().byTag(tag);
        if (call == null || !call.complete(tag, peer.node, completion.lengthBytes, ImmediateData.port(immediate))) {
            fit.counters().staleReplies.increment();
        }
    }

    private void credit(Peer peer, int immediate) {
        if (!peer.sendRing.credit(ImmediateData.value(immediate))) {
            bad(peer, "ring credit");
            return;
        }
        peer.room.wakeAll();
    }

    private void request(Peer peer, int immediate) {
        int offset = ImmediateData.value(immediate);
        if (offset > RingGeometry.SIZE_BYTES - MessageHeader.SIZE_BYTES) {
            bad(peer, "ring offset");
            return;
        }
        long headerPa = peer.receiveRing.basePa + offset;
        int length = MessageHeader.lengthBytes(memory, headerPa);
        int spanStart = MessageHeader.spanStart(memory, headerPa);
        int spanBytes = MessageHeader.spanBytes(memory, headerPa);
        if (!ReceiveRing.isSane(offset, length, spanStart, spanBytes)
                || completion.lengthBytes != MessageHeader.SIZE_BYTES + length) {
            bad(peer, "message header");
            return;
        }
        incoming.node = peer.node;
        incoming.port = ImmediateData.port(immediate);
        incoming.messagePa = headerPa + MessageHeader.SIZE_BYTES;
        incoming.lengthBytes = length;
        incoming.wantsReply = MessageHeader.wantsReply(memory, headerPa);
        incoming.maxReplyBytes = MessageHeader.maxReplyBytes(memory, headerPa);
        incoming.replyPa = MessageHeader.replyPa(memory, headerPa);
        incoming.replyTag = MessageHeader.tag(memory, headerPa);
        incoming.spanStart = spanStart;
        incoming.spanBytes = spanBytes;
        deliver();
    }

    private void deliver() {
        if (fit.isDebug()) {
            fit.log().debug("fit: %d bytes from node %d to port %d", incoming.lengthBytes, incoming.node, incoming.port);
        }
        PortTable.Application application = fit.ports().get(incoming.port);
        if (application == null) {
            fit.counters().noPort.increment();
            fit.log().once(LogLevel.WARNING, "fit-port-" + incoming.port, "fit: node %d sent to port %d, which nobody has registered",
                    incoming.node, incoming.port);
            refuse();
        } else if (application.handler() != null) {
            handle(application);
        } else if (!application.queue().offer(incoming)) {
            refuse();
        }
    }

    /** Handlers never wait, so neither does who finds one at work. */
    private void handle(PortTable.Application application) {
        if (!sharesHandlers) {
            application.handler().handle(incoming);
            return;
        }
        synchronized (application) {
            application.handler().handle(incoming);
        }
    }

    /** An empty reply: the caller sees a reply that is too short, which managers answer with EIO. */
    private void refuse() {
        if (incoming.wantsReply) {
            fit.replyMessageNowait(incoming, incoming.messagePa, 0);
        } else {
            fit.freeReceiveBuffer(incoming);
        }
    }

    private void bad(Peer peer, String what) {
        fit.counters().badMessages.increment();
        fit.log().once(LogLevel.WARNING, "fit-bad-" + peer.node + what, "fit: bad %s from node %d, dropped", what, peer.node);
    }
}
