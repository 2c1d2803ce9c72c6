package org.legoos.mlx4.transport;

import org.legoos.mlx4.wire.Aeth;
import org.legoos.mlx4.wire.OpCode;
import org.legoos.mlx4.wire.Packet;

/**
 * READ responses and atomic acknowledges that a responder still has to send, in order, and the results of the last
 * atomics for replay. Sent in bounded batches, so that one long READ neither floods the port nor delays other QPs.
 */
final class ResponseQueue {
    private static final int CAPACITY_MAX = 256;

    private static final class Job {
        boolean isAtomic;
        long startPsn;
        long psn;
        long endPsn;
        int msn;
        long va;
        int rkey;
        int srqn;
        long length;
        long sent;
        boolean begun;
        long result;
    }

    private static final class SavedAtomic {
        long psn = -1;
        int opcode;
        long result;
    }

    /** What sending a batch came to. */
    enum Progress {
        /** Everything is sent. */
        EMPTY,
        /** Budget or room used up. */
        MORE,
        /** The memory of the READ at the front is gone; the queue is as it was. */
        ACCESS_ERROR
    }

    private final QpHost host;
    private final QpAttributes attributes;
    private final QpCounters counters;
    private final PacketHeader header;
    private Job[] jobs = new Job[0];
    private SavedAtomic[] saved = new SavedAtomic[0];
    private long head;
    private long tail;
    private long atomics;

    ResponseQueue(QpHost host, QpAttributes attributes, QpCounters counters, PacketHeader header) {
        this.host = host;
        this.attributes = attributes;
        this.counters = counters;
        this.header = header;
    }

    /** Sizes the queue by the responder resources: as many again for repeated requests. */
    void start() {
        int resources = Math.clamp(attributes.responderResources, 1, CAPACITY_MAX / 2);
        jobs = new Job[resources * 2];
        saved = new SavedAtomic[resources];
        for (int i = 0; i < jobs.length; i++) {
            jobs[i] = new Job();
        }
        for (int i = 0; i < saved.length; i++) {
            saved[i] = new SavedAtomic();
        }
        head = 0;
        tail = 0;
        atomics = 0;
    }

    void clear() {
        head = tail;
    }

    boolean isEmpty() {
        return head == tail;
    }

    boolean isFull() {
        return tail - head == jobs.length;
    }

    long frontPsn() {
        return at(head).psn;
    }

    /**
     * Queues the responses to a new READ; the caller has checked {@link #isFull()}.
     *
     * @param srqn of an XRC request
     */
    void addRead(long psn, int msn, long va, int rkey, long length, int srqn) {
        fillRead(insert(psn), psn, msn, va, rkey, length, srqn);
    }

    private void fillRead(Job job, long psn, int msn, long va, int rkey, long length, int srqn) {
        job.isAtomic = false;
        job.startPsn = psn;
        job.psn = psn;
        job.endPsn = psn + SendPackets.packets(length, attributes.mtuBytes);
        job.msn = msn;
        job.va = va;
        job.rkey = rkey;
        job.srqn = srqn;
        job.length = length;
        job.sent = 0;
        job.begun = false;
    }

    /** A READ was asked for again: queued unless its answers are due anyway; dropped when the queue is full. */
    void repeatRead(long psn, int msn, long va, int rkey, long length, int srqn) {
        for (long number = head; number < tail; number++) {
            Job job = at(number);
            if (psn >= job.psn && psn < job.endPsn) {
                return;
            }
            if (!job.isAtomic && psn >= job.startPsn && psn < job.endPsn) {
                fillRead(job, psn, msn, va, rkey, length, srqn);
                return;
            }
        }
        if (!isFull()) {
            addRead(psn, msn, va, rkey, length, srqn);
        }
    }

    /** Queues an atomic's acknowledge and saves the result for replay. */
    void addAtomic(long psn, int opcode, int msn, long result) {
        SavedAtomic save = saved[(int) (atomics++ % saved.length)];
        save.psn = psn;
        save.opcode = opcode;
        save.result = result;
        queueAtomic(psn, msn, result);
    }

    private void queueAtomic(long psn, int msn, long result) {
        Job job = insert(psn);
        job.isAtomic = true;
        job.startPsn = psn;
        job.psn = psn;
        job.endPsn = psn + 1;
        job.msn = msn;
        job.result = result;
    }

    /** Queues the saved answer of a repeated atomic, unless it is due anyway, not saved, or the queue is full. */
    void replayAtomic(long psn, int opcode, int msn) {
        for (long number = head; number < tail; number++) {
            if (at(number).psn == psn) {
                return;
            }
        }
        for (SavedAtomic save : saved) {
            if (save.psn == psn && save.opcode == opcode && !isFull()) {
                queueAtomic(psn, msn, save.result);
                return;
            }
        }
    }

    private Job at(long number) {
        return jobs[(int) (number % jobs.length)];
    }

    /** Makes room for a job in order of PSN (new requests come last, repeated ones before what follows them). */
    private Job insert(long psn) {
        Job fresh = at(tail);
        long number = tail++;
        while (number > head && at(number - 1).psn > psn) {
            jobs[(int) (number % jobs.length)] = at(number - 1);
            number--;
        }
        jobs[(int) (number % jobs.length)] = fresh;
        return fresh;
    }

    /** Sends up to budget packets. */
    Progress send(int budget) {
        for (int left = budget; head < tail; left--) {
            if (left == 0 || !host.hasRoom()) {
                return Progress.MORE;
            }
            Job job = at(head);
            Packet packet = job.isAtomic ? atomicAcknowledge(job) : readResponse(job);
            if (packet == null) {
                return Progress.MORE;
            }
            if (!job.isAtomic && !attachRead(job, packet)) {
                packet.release();
                return Progress.ACCESS_ERROR;
            }
            packet.finish();
            counters.packetsSent++;
            job.psn++;
            if (job.psn == job.endPsn) {
                head++;
            }
            host.transmit(packet);
        }
        return Progress.EMPTY;
    }

    private Packet atomicAcknowledge(Job job) {
        Packet packet = header.begin(host, OpCode.ATOMIC_ACKNOWLEDGE, job.psn);
        if (packet != null) {
            fillAeth(packet, job.msn);
            Aeth.ORIGINAL_DATA.set(packet.header, packet.extensionAt(), job.result);
        }
        return packet;
    }

    private Packet readResponse(Job job) {
        boolean first = !job.begun;
        boolean last = job.psn + 1 == job.endPsn;
        int opcode = first
                ? last ? OpCode.READ_RESPONSE_ONLY : OpCode.READ_RESPONSE_FIRST
                : last ? OpCode.READ_RESPONSE_LAST : OpCode.READ_RESPONSE_MIDDLE;
        Packet packet = header.begin(host, opcode, job.psn);
        if (packet != null && opcode != OpCode.READ_RESPONSE_MIDDLE) {
            fillAeth(packet, job.msn);
        }
        return packet;
    }

    private boolean attachRead(Job job, Packet packet) {
        int length = (int) Math.min(attributes.mtuBytes, job.length - job.sent);
        if (attributes.isXrc && !host.selectSrq(job.srqn)) {
            return false;
        }
        if (length > 0 && !host.remoteRead(job.rkey, job.va + job.sent, length, packet)) {
            return false;
        }
        job.sent += length;
        job.begun = true;
        return true;
    }

    private static void fillAeth(Packet packet, int msn) {
        int at = packet.extensionAt();
        Aeth.KIND.set(packet.header, at, Aeth.KIND_ACK);
        Aeth.VALUE.set(packet.header, at, Aeth.CREDITS_INVALID);
        Aeth.MSN.set(packet.header, at, msn);
    }
}
