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
import org.legoos.kernel.ib.WcOpcode;
import org.legoos.kernel.ib.WcStatus;
import org.legoos.kernel.ib.WorkCompletion;
import org.legoos.kernel.syscall.Errno;

/**
 * A datagram queue pair with its buffers, for one thread. Receive buffers hold the largest packet that a peer can send, so that none
 * can break the queue pair with one.
 */
public final class DatagramQueue implements AutoCloseable {
    /** In front of what was received. */
    public static final int GRH_BYTES = 40;
    private static final int MTU_MAX_BYTES = 4096;
    private static final int RECEIVE_STRIDE = GRH_BYTES + MTU_MAX_BYTES + 63 & -64;
    /** Work request identifiers of sends; receives have their buffer's number. */
    private static final int SEND_ID = 1 << 16;
    private static final int NONE = -1;

    private final IbHost host;
    private final CompletionQueue cq;
    private final QueuePair qp;
    private final MemoryRegion all;
    private final long receivePa;
    private final long sendPa;
    private final int sendBytes;
    private final int frames;
    private final SendWorkRequest request = new SendWorkRequest();
    private final WorkCompletion completion = new WorkCompletion();
    private final int[] freeSends;
    private int freeCount;
    private int received = NONE;
    private long sendErrors;

    /** @param buffers in each direction; @param sendBytes of the largest one; @param onEvent run on the interrupting thread */
    public DatagramQueue(IbHost host, QpType type, int qkey, int buffers, int sendBytes, Runnable onEvent) {
        this.host = host;
        this.sendBytes = sendBytes;
        frames = (buffers * (RECEIVE_STRIDE + sendBytes) + PhysicalMemory.PAGE_SIZE - 1) / PhysicalMemory.PAGE_SIZE;
        receivePa = host.frames().allocContiguous(frames);
        if (receivePa == 0) {
            throw new IbException(Errno.ENOMEM, "no " + frames + " contiguous frames for datagrams");
        }
        sendPa = receivePa + (long) buffers * RECEIVE_STRIDE;
        ProtectionDomain pd = host.device().allocPd();
        all = pd.dmaRegion(false);
        cq = host.device().createCq(4 * buffers, onEvent);
        qp = host.device().createQp(pd, type, new QpCapabilities(buffers, buffers, 1, 1, 0), cq, cq);
        freeSends = new int[buffers];
        start(qkey);
    }

    private void start(int qkey) {
        QpAttributes attributes = new QpAttributes();
        attributes.port = IbHost.PORT;
        attributes.qkey = qkey;
        int result = qp.toInit(attributes);
        result = result == 0 ? qp.toReadyToReceive(attributes) : result;
        result = result == 0 ? qp.toReadyToSend(attributes) : result;
        if (result != 0) {
            throw new IbException(-result, "a datagram queue pair does not start");
        }
        for (int i = 0; i < freeSends.length; i++) {
            freeSends[freeCount++] = i;
            postReceive(i);
        }
        cq.requestNotification(false);
    }

    public QueuePair qp() {
        return qp;
    }

    private void postReceive(int buffer) {
        qp.postReceive(buffer, receivePa + (long) buffer * RECEIVE_STRIDE, RECEIVE_STRIDE, all.localKey());
    }

    /** Fill in the address, then {@link #send}. */
    public SendWorkRequest request() {
        return request;
    }

    /** Sends a copy. @return 0, or a negative errno: -ENOMEM when all buffers are under way */
    public int send(byte[] bytes, int length) {
        if (freeCount == 0) {
            return -Errno.ENOMEM;
        }
        if (length > sendBytes) {
            return -Errno.EINVAL;
        }
        int buffer = freeSends[--freeCount];
        long pa = sendPa + (long) buffer * sendBytes;
        host.memory().write(pa, bytes, 0, length);
        request.workRequestId = SEND_ID + buffer;
        request.signaled = true;
        request.single(pa, length, all.localKey());
        int result = qp.postSend(request);
        if (result != 0) {
            freeSends[freeCount++] = buffer;
        }
        return result;
    }

    /** Takes one completion, and gives the buffer of the one before back. @return false when there is none */
    public boolean poll() {
        if (received != NONE) {
            postReceive(received);
            received = NONE;
        }
        if (!cq.poll(completion)) {
            return false;
        }
        int id = (int) completion.workRequestId;
        boolean isGood = completion.status == WcStatus.SUCCESS;
        if (id >= SEND_ID) {
            freeSends[freeCount++] = id - SEND_ID;
            sendErrors += isGood ? 0 : 1;
        } else if (isGood && completion.opcode == WcOpcode.RECV) {
            received = id;
        }
        return true;
    }

    /** Has the last {@link #poll} brought a datagram? */
    public boolean hasReceived() {
        return received != NONE;
    }

    /** Of the datagram that is there, the GRH not counted. */
    public int receivedBytes() {
        return completion.lengthBytes - GRH_BYTES;
    }

    public WorkCompletion completion() {
        return completion;
    }

    /** Copies the beginning of the datagram that is there. */
    public void read(byte[] into, int length) {
        host.memory().read(receivePa + (long) received * RECEIVE_STRIDE + GRH_BYTES, into, 0, length);
    }

    /** Datagrams that the card did not send. */
    public long sendErrors() {
        return sendErrors;
    }

    /** Poll once more after this. */
    public void requestNotification() {
        cq.requestNotification(false);
    }

    @Override
    public void close() {
        qp.close();
        cq.close();
        all.close();
        host.frames().freeContiguous(receivePa, frames);
    }
}
