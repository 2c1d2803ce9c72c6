package org.legoos.kernel.ib.cm;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.legoos.kernel.ib.mad.Datagram;
import org.legoos.kernel.ib.mad.Path;
import org.legoos.mlx4.prm.mad.CmMad;
import org.legoos.mlx4.prm.mad.CmMad.Req;
import org.legoos.mlx4.prm.mad.Gid;

/**
 * What who connects says in a REQ. Path and resources are from that side's point of view.
 *
 * @param psn with which the other side is to begin to send
 * @param responderResources RDMA reads and atomics of the peer that it serves at a time
 * @param initiatorDepth of its own that it has under way at a time
 * @param ackTimeout 4.096 us times 2 to this
 * @param privateData at most {@link Req#PRIVATE_DATA_BYTES}
 */
public record ConnectRequest(long serviceId, long caGuid, int service, int qpn, int psn, int responderResources, int initiatorDepth,
        int retryCount, int rnrRetryCount, int ackTimeout, Path path, byte[] privateData) {
    void write(Datagram to) {
        MemorySegment m = to.segment;
        Req.SERVICE_ID.set(m, 0, serviceId);
        Req.LOCAL_CA_GUID.set(m, 0, caGuid);
        Req.LOCAL_QPN.set(m, 0, qpn);
        Req.RESPONDER_RESOURCES.set(m, 0, responderResources);
        Req.INITIATOR_DEPTH.set(m, 0, initiatorDepth);
        Req.TRANSPORT_SERVICE.set(m, 0, service);
        Req.STARTING_PSN.set(m, 0, psn);
        Req.RETRY_COUNT.set(m, 0, retryCount);
        Req.P_KEY.set(m, 0, path.pkey());
        Req.PATH_MTU.set(m, 0, path.mtu());
        Req.RNR_RETRY_COUNT.set(m, 0, rnrRetryCount);
        Req.PRIMARY_LOCAL_LID.set(m, 0, path.slid());
        Req.PRIMARY_REMOTE_LID.set(m, 0, path.dlid());
        Req.PRIMARY_LOCAL_GID_HI.set(m, 0, path.from().high());
        Req.PRIMARY_LOCAL_GID_LO.set(m, 0, path.from().low());
        Req.PRIMARY_REMOTE_GID_HI.set(m, 0, path.to().high());
        Req.PRIMARY_REMOTE_GID_LO.set(m, 0, path.to().low());
        Req.PRIMARY_FLOW_LABEL.set(m, 0, path.flowLabel());
        Req.PRIMARY_RATE.set(m, 0, path.rate());
        Req.PRIMARY_TRAFFIC_CLASS.set(m, 0, path.trafficClass());
        Req.PRIMARY_HOP_LIMIT.set(m, 0, path.hopLimit());
        Req.PRIMARY_SL.set(m, 0, path.serviceLevel());
        Req.PRIMARY_SUBNET_LOCAL.set(m, 0, 1);
        Req.PRIMARY_ACK_TIMEOUT.set(m, 0, ackTimeout);
        System.arraycopy(privateData, 0, to.bytes, Req.PRIVATE_DATA, Math.min(privateData.length, Req.PRIVATE_DATA_BYTES));
    }

    static ConnectRequest read(Datagram from) {
        MemorySegment m = from.segment;
        Gid local = new Gid(Req.PRIMARY_LOCAL_GID_HI.get(m, 0), Req.PRIMARY_LOCAL_GID_LO.get(m, 0));
        Gid remote = new Gid(Req.PRIMARY_REMOTE_GID_HI.get(m, 0), Req.PRIMARY_REMOTE_GID_LO.get(m, 0));
        int ackTimeout = Req.PRIMARY_ACK_TIMEOUT.get(m, 0);
        Path path = new Path(local, remote, Req.PRIMARY_LOCAL_LID.get(m, 0), Req.PRIMARY_REMOTE_LID.get(m, 0), Req.P_KEY.get(m, 0),
                Req.PRIMARY_SL.get(m, 0), Req.PATH_MTU.get(m, 0), Req.PRIMARY_RATE.get(m, 0), Math.max(0, ackTimeout - 1),
                Req.PRIMARY_FLOW_LABEL.get(m, 0), Req.PRIMARY_HOP_LIMIT.get(m, 0), Req.PRIMARY_TRAFFIC_CLASS.get(m, 0));
        return new ConnectRequest(Req.SERVICE_ID.get(m, 0), Req.LOCAL_CA_GUID.get(m, 0), Req.TRANSPORT_SERVICE.get(m, 0),
                Req.LOCAL_QPN.get(m, 0), Req.STARTING_PSN.get(m, 0), Req.RESPONDER_RESOURCES.get(m, 0), Req.INITIATOR_DEPTH.get(m, 0),
                Req.RETRY_COUNT.get(m, 0), Req.RNR_RETRY_COUNT.get(m, 0), ackTimeout, path,
                Arrays.copyOfRange(from.bytes, Req.PRIVATE_DATA, Req.PRIVATE_DATA + Req.PRIVATE_DATA_BYTES));
    }

    boolean isReliable() {
        return service == CmMad.SERVICE_RC;
    }
}
