package org.legoos.fit;

import org.legoos.kernel.counters.Counter;
import org.legoos.kernel.counters.Counters;

/** FIT's counters, by the original's names and some of ours. */
final class FitCounters {
    final Counter sendReply;
    final Counter send;
    final Counter bytesTx;
    final Counter bytesRx;
    final Counter receiveCqes;
    final Counter replies;
    final Counter credits;
    final Counter staleReplies;
    final Counter badMessages;
    final Counter noPort;
    final Counter timeouts;

    FitCounters(Counters counters) {
        sendReply = counters.counter("nr_ib_send_reply");
        send = counters.counter("nr_ib_send");
        bytesTx = counters.counter("nr_bytes_tx");
        bytesRx = counters.counter("nr_bytes_rx");
        receiveCqes = counters.counter("nr_recvcq_cqes");
        replies = counters.counter("nr_ib_reply");
        credits = counters.counter("nr_ib_ring_credits");
        staleReplies = counters.counter("nr_ib_stale_replies");
        badMessages = counters.counter("nr_ib_bad_messages");
        noPort = counters.counter("nr_ib_no_port");
        timeouts = counters.counter("nr_ib_timeouts");
    }
}
