package org.legoos.mlx4.hca;

import java.lang.foreign.MemorySegment;
import org.legoos.mlx4.prm.AddressPath;
import org.legoos.mlx4.prm.QpContext;
import org.legoos.mlx4.transport.QpAttributes;

/** A QP context in the transport's terms. */
final class QpAttributesReader {
    static final int MAX_MTU_CODE = 5; // 4096 bytes
    private static final int MTU_UNIT_BYTES = 128;
    private static final int PATH = QpContext.PRIMARY_PATH;

    private QpAttributesReader() {}

    static void read(MemorySegment c, HcaPort port, QpAttributes to) {
        to.localQpn = QpContext.LOCAL_QPN.get(c, 0);
        to.remoteQpn = QpContext.REMOTE_QPN.get(c, 0);
        to.mtuBytes = MTU_UNIT_BYTES << Math.clamp(QpContext.MTU.get(c, 0), 1, MAX_MTU_CODE);
        to.messageBytesMax = 1L << QpContext.LOG_MSG_MAX.get(c, 0);
        to.sendPsn = QpContext.NEXT_SEND_PSN.get(c, 0);
        to.receivePsn = QpContext.NEXT_RECV_PSN.get(c, 0);
        to.pKey = port.pKey(AddressPath.PKEY_INDEX.get(c, PATH));
        to.qKey = QpContext.QKEY.get(c, 0);
        to.ackTimeoutExponent = AddressPath.ACK_TIMEOUT.get(c, PATH);
        to.retryCount = QpContext.RETRY_COUNT.get(c, 0);
        to.rnrRetryCount = QpContext.RNR_RETRY.get(c, 0);
        to.minRnrTimerCode = QpContext.MIN_RNR_TIMER.get(c, 0);
        to.ackRequestExponent = QpContext.ACK_REQ_FREQ.get(c, 0);
        to.initiatorDepth = 1 << QpContext.LOG_SRA_MAX.get(c, 0);
        to.responderResources = 1 << QpContext.LOG_RRA_MAX.get(c, 0);
        to.remoteReadEnabled = QpContext.REMOTE_READ_ENABLE.isSet(c, 0);
        to.remoteWriteEnabled = QpContext.REMOTE_WRITE_ENABLE.isSet(c, 0);
        to.remoteAtomicEnabled = QpContext.REMOTE_ATOMIC_ENABLE.isSet(c, 0);
        to.usesSrq = QpContext.hasNoReceiveQueue(c);
        to.path.dlid = AddressPath.REMOTE_LID.get(c, PATH);
        to.path.pathBits = AddressPath.MY_LID_PATH_BITS.get(c, PATH);
        to.path.serviceLevel = AddressPath.schedQueueSl(AddressPath.SCHED_QUEUE.get(c, PATH));
        to.path.forceLoopback = AddressPath.FORCE_LOOPBACK.isSet(c, PATH);
        to.path.global = AddressPath.GRH.isSet(c, PATH);
        to.path.trafficClass = AddressPath.TRAFFIC_CLASS.get(c, PATH);
        to.path.flowLabel = AddressPath.FLOW_LABEL.get(c, PATH);
        to.path.hopLimit = AddressPath.HOP_LIMIT.get(c, PATH);
        to.path.sgidHigh = port.gidHigh();
        to.path.sgidLow = port.gidLow(AddressPath.MY_GID_INDEX.get(c, PATH));
        to.path.dgidHigh = AddressPath.REMOTE_GID_HI.get(c, PATH);
        to.path.dgidLow = AddressPath.REMOTE_GID_LO.get(c, PATH);
    }
}
