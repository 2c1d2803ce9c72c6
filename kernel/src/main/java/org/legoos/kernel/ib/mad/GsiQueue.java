package org.legoos.kernel.ib.mad;

import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.kernel.ib.CompletionQueue;
import org.legoos.kernel.ib.IbException;
import org.legoos.kernel.ib.MemoryRegion;
import org.legoos.kernel.ib.ProtectionDomain;
import org.legoos.kernel.ib.QpAttributes;
import org.legoos.kernel.ib.QpCapabilities;
import org.legoos.kernel.ib.QpType;
import org.legoos.kernel.ib.QueuePair;
import org.legoos.kernel.ib.SendWorkRequest;
import org.legoos.kernel.ib.WcStatus;
import org.legoos.kernel.ib.WorkCompletion;
import org.legoos.kernel.ib.mad.MadDrops.Reason;
import org.legoos.kernel.syscall.Errno;
import org.legoos.mlx4.prm.Mad;

/** Queue pair 1 and its buffers. Receive buffers hold the largest packet, so that no peer can break the queue pair with one. */
final class GsiQueue implements AutoCloseable {
    private static final int GRH_BYTES = 40;
    private static final int MTU_MAX_BYTES = 4096;
    private static final int RECEIVES = 64;
    private static final int RECEIVE_STRIDE = GRH_BYTES + MTU_MAX_BYTES + 63 & -64;
    private static final int SENDS = 64;
    private static final int SEND_STRIDE = Mad.SIZE_BYTES;
    private static final int CQ_ENTRIES = 2 * (RECEIVES + SENDS);
    /** Work request identifiers of sends; receives have their buffer's number. */
    private static final int SEND_ID = 1 << 16;

    private final IbHost host;
    private final MadDrops drops;
    private final CompletionQueue cq;
    private final QueuePair qp;
    private final MemoryRegion all;
    private final long bufferPa;
    private final int frames;
    private final SendWorkRequest request = new SendWorkRequest();
    private final WorkCompletion completion = new WorkCompletion();
    private final int[] freeSends = new int[SENDS];
    private int freeCount;
    private final int[] pkeys;

    /** @param onEvent run on the interrupting thread when there is something to poll */
    GsiQueue(IbHost host, MadDrops drops, Runnable onEvent) {
        this.host = host;
        this.drops = drops;
        int bytes = RECEIVES * RECEIVE_STRIDE + SENDS * SEND_STRIDE;
        frames = (bytes + PhysicalMemory.PAGE_SIZE - 1) / PhysicalMemory.PAGE_SIZE;
        bufferPa = host.frames().allocContiguous(frames);
        if (bufferPa == 0) {
            throw new IbException(Errno.ENOMEM, "ib_mad: no memory for buffers");
        }
        ProtectionDomain pd = host.device().allocPd();
        all = pd.dmaRegion(false);
        cq = host.device().createCq(CQ_ENTRIES, onEvent);
        qp = host.device().createQp(pd, QpType.GSI, new QpCapabilities(SENDS, RECEIVES, 1, 1, 0), cq, cq);
        pkeys = new int[host.device().queryPort(IbHost.PORT).pkeyCount()];
        refreshPkeys();
        start();
    }

    private void start() {
        QpAttributes attributes = new QpAttributes();
        attributes.port = IbHost.PORT;
        attributes.qkey = Datagram.GSI_Q_KEY;
        int result = qp.toInit(attributes);
        result = result == 0 ? qp.toReadyToReceive(attributes) : result;
        result = result == 0 ? qp.toReadyToSend(attributes) : result;
        if (result != 0) {
            throw new IbException(-result, "ib_mad: queue pair 1 does not start");
        }
        for (int i = 0; i < SENDS; i++) {
            freeSends[freeCount++] = i;
        }
        for (int i = 0; i < RECEIVES; i++) {
            postReceive(i);
        }
        cq.requestNotification(false);
    }

    /** The port's table may have changed. */
    void refreshPkeys() {
        for (int i = 0; i < pkeys.length; i++) {
            pkeys[i] = host.device().queryPkey(IbHost.PORT, i);
        }
    }

    private void postReceive(int buffer) {
        qp.postReceive(buffer, bufferPa + (long) buffer * RECEIVE_STRIDE, RECEIVE_STRIDE, all.localKey());
    }

    private long sendPa(int buffer) {
        return bufferPa + (long) RECEIVES * RECEIVE_STRIDE + (long) buffer * SEND_STRIDE;
    }

    /** Sends a copy. What cannot be sent is dropped and counted, as a datagram may be. */
    void send(Datagram datagram) {
        if (freeCount == 0) {
            drops.count(Reason.NO_BUFFER);
            return;
        }
        int buffer = freeSends[--freeCount];
        host.memory().write(sendPa(buffer), datagram.bytes, 0, Mad.SIZE_BYTES);
        request.workRequestId = SEND_ID + buffer;
        request.signaled = true;
        request.remoteLid = datagram.lid;
        request.remoteQpn = datagram.qpn;
        request.remoteQkey = Datagram.GSI_Q_KEY;
        request.pkey = datagram.pkey;
        request.single(sendPa(buffer), Mad.SIZE_BYTES, all.localKey());
        if (qp.postSend(request) != 0) {
            freeSends[freeCount++] = buffer;
            drops.count(Reason.SEND_FAILED);
        }
    }

    /** Takes one completion. @return true when there was one; {@code into} holds a datagram if its LID is not 0 */
    boolean poll(Datagram into) {
        into.lid = 0;
        if (!cq.poll(completion)) {
            return false;
        }
        int id = (int) completion.workRequestId;
        if (id >= SEND_ID) {
            freeSends[freeCount++] = id - SEND_ID;
            if (completion.status != WcStatus.SUCCESS) {
                drops.count(Reason.SEND_FAILED);
            }
            return true;
        }
        if (completion.status == WcStatus.SUCCESS) {
            receive(id, into);
            postReceive(id);
        }
        return true;
    }

    private void receive(int buffer, Datagram into) {
        int pkey = completion.pkeyIndex < pkeys.length ? pkeys[completion.pkeyIndex] : 0;
        if (completion.lengthBytes != GRH_BYTES + Mad.SIZE_BYTES) {
            drops.count(Reason.LENGTH);
        } else if (pkey == 0) {
            drops.count(Reason.PARTITION);
        } else {
            host.memory().read(bufferPa + (long) buffer * RECEIVE_STRIDE + GRH_BYTES, into.bytes, 0, Mad.SIZE_BYTES);
            into.lid = completion.sourceLid;
            into.qpn = completion.sourceQpn;
            into.pkey = pkey;
        }
    }

    /** Poll once more after this. */
    void requestNotification() {
        cq.requestNotification(false);
    }

    @Override
    public void close() {
        qp.close();
        cq.close();
        all.close();
        host.frames().freeContiguous(bufferPa, frames);
    }
}
