package org.legoos.kernel.ib.cm;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.legoos.kernel.ib.mad.Datagram;
import org.legoos.mlx4.prm.mad.CmMad.Rep;

/** What who accepts says in a REP, in the words of {@link ConnectRequest}. @param psn with which the other side is to begin to send */
public record ConnectReply(long caGuid, int qpn, int psn, int responderResources, int initiatorDepth, int rnrRetryCount,
        byte[] privateData) {
    void write(Datagram to) {
        MemorySegment m = to.segment;
        Rep.LOCAL_QPN.set(m, 0, qpn);
        Rep.STARTING_PSN.set(m, 0, psn);
        Rep.RESPONDER_RESOURCES.set(m, 0, responderResources);
        Rep.INITIATOR_DEPTH.set(m, 0, initiatorDepth);
        Rep.RNR_RETRY_COUNT.set(m, 0, rnrRetryCount);
        Rep.LOCAL_CA_GUID.set(m, 0, caGuid);
        System.arraycopy(privateData, 0, to.bytes, Rep.PRIVATE_DATA, Math.min(privateData.length, Rep.PRIVATE_DATA_BYTES));
    }

    static ConnectReply read(Datagram from) {
        MemorySegment m = from.segment;
        return new ConnectReply(Rep.LOCAL_CA_GUID.get(m, 0), Rep.LOCAL_QPN.get(m, 0), Rep.STARTING_PSN.get(m, 0),
                Rep.RESPONDER_RESOURCES.get(m, 0), Rep.INITIATOR_DEPTH.get(m, 0), Rep.RNR_RETRY_COUNT.get(m, 0),
                Arrays.copyOfRange(from.bytes, Rep.PRIVATE_DATA, Rep.PRIVATE_DATA + Rep.PRIVATE_DATA_BYTES));
    }
}
