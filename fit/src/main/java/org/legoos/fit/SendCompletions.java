package org.legoos.fit;

import org.legoos.kernel.ib.CompletionQueue;
import org.legoos.kernel.ib.WcStatus;
import org.legoos.kernel.ib.WorkCompletion;

/** Reaps the send CQ: ends calls that wait for the card to have sent, and notices peers that do not answer. */
final class SendCompletions {
    private final Fit fit;
    private final CompletionQueue cq;
    private final WorkCompletion completion = new WorkCompletion(); // guarded by this

    SendCompletions(Fit fit, CompletionQueue cq) {
        this.fit = fit;
        this.cq = cq;
    }

    /** Takes what is there; any thread. */
    synchronized void reap() {
        while (cq.poll(completion)) {
            Peer peer = fit.peerOfQpn(completion.qpn);
            if (peer == null) {
                continue;
            }
            if (completion.status != WcStatus.SUCCESS) {
                fit.departures().sendFailed(peer, completion.status);
            } else if (completion.workRequestId != 0) {
                int tag = (int) completion.workRequestId & ImmediateData.VALUE_MASK;
                Call call = fit.calls().byTag(tag);
                if (call != null) {
                    call.complete(tag, peer.node, 0, 0);
                }
            }
            peer.room.wakeAll();
        }
    }

    /** The completion interrupt: reap, arm, and reap what came in between. */
    void interrupt() {
        reap();
        cq.requestNotification(false);
        reap();
    }
}
