package org.legoos.kernel.ib.mad;

import org.legoos.kernel.ib.QpType;
import org.legoos.kernel.ib.SendWorkRequest;
import org.legoos.kernel.ib.WorkCompletion;
import org.legoos.kernel.ib.mad.MadDrops.Reason;
import org.legoos.kernel.syscall.Errno;
import org.legoos.mlx4.prm.Mad;

/** Queue pair 1: whole management datagrams, of partitions that the port is in. */
final class GsiQueue implements AutoCloseable {
    private static final int BUFFERS = 64;

    private final IbHost host;
    private final MadDrops drops;
    private final DatagramQueue queue;
    private final int[] pkeys;

    /** @param onEvent run on the interrupting thread when there is something to poll */
    GsiQueue(IbHost host, MadDrops drops, Runnable onEvent) {
        this.host = host;
        this.drops = drops;
        queue = new DatagramQueue(host, QpType.GSI, Datagram.GSI_Q_KEY, BUFFERS, Mad.SIZE_BYTES, onEvent);
        pkeys = new int[host.device().queryPort(IbHost.PORT).pkeyCount()];
        refreshPkeys();
    }

    /** The port's table may have changed. */
    void refreshPkeys() {
        for (int i = 0; i < pkeys.length; i++) {
            pkeys[i] = host.device().queryPkey(IbHost.PORT, i);
        }
    }

    /** Sends a copy. What cannot be sent is dropped and counted, as a datagram may be. */
    void send(Datagram datagram) {
        SendWorkRequest request = queue.request();
        request.remoteLid = datagram.lid;
        request.remoteQpn = datagram.qpn;
        request.remoteQkey = Datagram.GSI_Q_KEY;
        request.pkey = datagram.pkey;
        int result = queue.send(datagram.bytes, Mad.SIZE_BYTES);
        if (result != 0) {
            drops.count(result == -Errno.ENOMEM ? Reason.NO_BUFFER : Reason.SEND_FAILED);
        }
    }

    /** Takes one completion. @return true when there was one; {@code into} holds a datagram if its LID is not 0 */
    boolean poll(Datagram into) {
        into.lid = 0;
        if (!queue.poll()) {
            return false;
        }
        if (queue.hasReceived()) {
            receive(queue.completion(), into);
        }
        return true;
    }

    private void receive(WorkCompletion completion, Datagram into) {
        int pkey = completion.pkeyIndex < pkeys.length ? pkeys[completion.pkeyIndex] : 0;
        if (queue.receivedBytes() != Mad.SIZE_BYTES) {
            drops.count(Reason.LENGTH);
        } else if (pkey == 0) {
            drops.count(Reason.PARTITION);
        } else {
            queue.read(into.bytes, Mad.SIZE_BYTES);
            into.lid = completion.sourceLid;
            into.qpn = completion.sourceQpn;
            into.pkey = pkey;
        }
    }

    /** Poll once more after this. */
    void requestNotification() {
        queue.requestNotification();
    }

    @Override
    public void close() {
        queue.close();
    }
}
