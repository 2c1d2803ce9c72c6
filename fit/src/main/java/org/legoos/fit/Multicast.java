package org.legoos.fit;

import org.legoos.kernel.syscall.Errno;

/** One request to several nodes: all are posted before the first reply is waited for. */
record Multicast(Fit fit, Messenger messenger) {
    /** See {@link Ibapi#multicastSendReplyTimeout}. */
    int call(int[] nodes, int port, long requestPa, int lengthBytes, long[] replyPas, int maxReplyBytes, int[] results,
            long deadlineNs) {
        Call[] sent = new Call[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            sent[i] = fit.calls().take(fit.clock(), nodes[i], deadlineNs);
            results[i] = sent[i] == null ? -Errno.ETIMEDOUT
                    : messenger.post(sent[i], nodes[i], port, requestPa, lengthBytes, replyPas[i], maxReplyBytes, MessageHeader.WANTS_REPLY, deadlineNs);
        }
        int replies = 0;
        for (int i = 0; i < nodes.length; i++) {
            if (results[i] == 0) {
                fit.counters().sendReply.increment();
                results[i] = fit.awaitReply(sent[i], nodes[i], deadlineNs, null);
            }
            replies += results[i] >= 0 ? 1 : 0;
            if (sent[i] != null) {
                fit.calls().giveBack(sent[i]);
            }
        }
        return replies;
    }
}
