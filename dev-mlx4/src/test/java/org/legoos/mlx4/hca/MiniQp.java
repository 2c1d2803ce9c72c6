package org.legoos.mlx4.hca;

import org.legoos.mlx4.prm.AddressPath;
import org.legoos.mlx4.prm.CmdStatus;
import org.legoos.mlx4.prm.CtrlSegment;
import org.legoos.mlx4.prm.DataSegment;
import org.legoos.mlx4.prm.MemKey;
import org.legoos.mlx4.prm.Opcode;
import org.legoos.mlx4.prm.OptParam;
import org.legoos.mlx4.prm.QpContext;
import org.legoos.mlx4.prm.RemoteAddrSegment;
import org.legoos.mlx4.prm.RqDoorbell;
import org.legoos.mlx4.prm.ServiceType;
import org.legoos.mlx4.prm.Uar;

/** A queue pair as {@link MiniDriver} keeps it: send stride 64, receive stride 32. */
final class MiniQp {
    static final int LOG_SQ = 7;
    static final int LOG_RQ = 7;
    static final int SQ_STRIDE = 64;
    private static final int RQ_STRIDE = 32;
    /** The domain of XRC queue pairs. */
    static final int XRC_DOMAIN = 3;

    private static final int NO_SRQ = -1;
    private static final int CONTEXT = QpContext.MAILBOX_OFFSET;
    private static final int PATH = CONTEXT + QpContext.PRIMARY_PATH;

    final MiniDriver driver;
    final int qpn;
    final long pa;
    final long dbRecordPa;
    final MiniCq sendCq;
    final MiniCq receiveCq;
    private final CmdStatus status; // of its creation
    int xrcSrqn; // of what is posted next
    int sendHead;
    int receiveHead;

    private MiniQp(MiniDriver driver, int qpn, int serviceType, MiniCq sendCq, MiniCq receiveCq, int srqn) {
        this.driver = driver;
        this.qpn = qpn;
        this.sendCq = sendCq;
        this.receiveCq = receiveCq;
        long sizeBytes = (SQ_STRIDE << LOG_SQ) + (RQ_STRIDE << LOG_RQ);
        pa = driver.alloc(sizeBytes);
        dbRecordPa = driver.alloc(MiniDriver.PAGE);
        for (int i = 0; i < 1 << LOG_SQ; i++) {
            CtrlSegment.OWNER.set(driver.m, pa + (long) i * SQ_STRIDE, 1);
        }
        long offset = driver.mtt(pa, sizeBytes);
        begin(0);
        long b = driver.inBox + CONTEXT;
        QpContext.SERVICE_TYPE.set(driver.m, b, serviceType);
        QpContext.PD.set(driver.m, b, MiniDriver.PD);
        QpContext.LOG_SQ_SIZE.set(driver.m, b, LOG_SQ);
        QpContext.LOG_SQ_STRIDE.set(driver.m, b, 2);
        QpContext.LOG_RQ_SIZE.set(driver.m, b, LOG_RQ);
        QpContext.LOG_RQ_STRIDE.set(driver.m, b, 1);
        QpContext.USR_PAGE.set(driver.m, b, MiniDriver.UAR_PAGE);
        QpContext.CQN_SEND.set(driver.m, b, sendCq.cqn);
        QpContext.CQN_RECV.set(driver.m, b, receiveCq.cqn);
        QpContext.DB_RECORD.set(driver.m, b, dbRecordPa);
        QpContext.MTT_BASE.set(driver.m, b, offset);
        if (srqn != NO_SRQ) { // as Linux fills it in
            QpContext.SRQ.set(driver.m, b, 1);
            QpContext.SRQN.set(driver.m, b, srqn);
            QpContext.LOG_RQ_SIZE.set(driver.m, b, 0xf);
            QpContext.LOG_RQ_STRIDE.set(driver.m, b, 4);
            QpContext.DB_RECORD.set(driver.m, b, 0);
        }
        if (serviceType == ServiceType.XRC) {
            QpContext.XRC_DOMAIN.set(driver.m, b, XRC_DOMAIN);
            QpContext.LOG_RQ_SIZE.set(driver.m, b, 0xf);
            QpContext.LOG_RQ_STRIDE.set(driver.m, b, 4);
        }
        QpContext.FAST_REG_ENABLE.set(driver.m, b, 1);
        QpContext.QKEY.set(driver.m, b, 0x1234);
        QpContext.REMOTE_READ_ENABLE.set(driver.m, b, 1);
        QpContext.REMOTE_WRITE_ENABLE.set(driver.m, b, 1);
        QpContext.REMOTE_ATOMIC_ENABLE.set(driver.m, b, 1);
        AddressPath.SCHED_QUEUE.set(driver.m, driver.inBox + PATH, AddressPath.schedQueue(1, 0));
        status = driver.command(Opcode.RST2INIT_QP, qpn, 0, driver.inBox, 0);
    }

    private MiniQp created() {
        if (status != CmdStatus.OK) {
            throw new AssertionError("RST2INIT_QP: " + status + " " + driver.log);
        }
        return this;
    }

    static MiniQp of(MiniDriver driver, int qpn, int serviceType, MiniCq sendCq, MiniCq receiveCq) {
        return new MiniQp(driver, qpn, serviceType, sendCq, receiveCq, NO_SRQ).created();
    }

    static CmdStatus tryCreate(MiniDriver driver, int qpn, int serviceType, MiniCq cq) {
        return new MiniQp(driver, qpn, serviceType, cq, cq, NO_SRQ).status;
    }

    private void begin(int mask) {
        driver.clearIn();
        QpContext.OPT_PARAMS.set(driver.m, driver.inBox, mask);
        QpContext.LOCAL_QPN.set(driver.m, driver.inBox + CONTEXT, qpn);
    }

    /** INIT to RTR to RTS. */
    void connect(int remoteLid, int remoteQpn, int sendPsn, int receivePsn) {
        begin(0);
        long b = driver.inBox + CONTEXT;
        QpContext.MTU.set(driver.m, b, 5);
        QpContext.LOG_MSG_MAX.set(driver.m, b, 30);
        QpContext.REMOTE_QPN.set(driver.m, b, remoteQpn);
        QpContext.NEXT_RECV_PSN.set(driver.m, b, receivePsn);
        QpContext.LOG_RRA_MAX.set(driver.m, b, 4);
        QpContext.MIN_RNR_TIMER.set(driver.m, b, 12);
        AddressPath.REMOTE_LID.set(driver.m, driver.inBox + PATH, remoteLid);
        AddressPath.SCHED_QUEUE.set(driver.m, driver.inBox + PATH, AddressPath.schedQueue(1, 0));
        driver.must(Opcode.INIT2RTR_QP, qpn, 0, driver.inBox, 0);
        begin(OptParam.ACK_TIMEOUT);
        QpContext.NEXT_SEND_PSN.set(driver.m, b, sendPsn);
        QpContext.RETRY_COUNT.set(driver.m, b, 7);
        QpContext.RNR_RETRY.set(driver.m, b, 7);
        QpContext.LOG_SRA_MAX.set(driver.m, b, 4);
        QpContext.ACK_REQ_FREQ.set(driver.m, b, 8);
        AddressPath.ACK_TIMEOUT.set(driver.m, driver.inBox + PATH, 14);
        driver.must(Opcode.RTR2RTS_QP, qpn, 0, driver.inBox, 0);
    }

    CmdStatus modify(int opcode) {
        begin(0);
        return driver.command(opcode, qpn, 0, driver.inBox, 0);
    }

    // ---- work requests ----

    /** The next send WQE's address, zeroed but for its still invalid owner bit. */
    long nextSend() {
        long at = pa + (long) (sendHead & (1 << LOG_SQ) - 1) * SQ_STRIDE;
        CtrlSegment.OWNER.set(driver.m, at, ~(sendHead >> LOG_SQ) & 1);
        driver.ram.zero(at + 4, SQ_STRIDE - 4);
        return at;
    }

    /** Fills in the control segment, hands the WQE over and rings. */
    void post(long at, int opcode, int ds, int flags, int immediate) {
        CtrlSegment.DS.set(driver.m, at, ds);
        CtrlSegment.CQ_UPDATE.set(driver.m, at, CtrlSegment.CQ_UPDATE_ALWAYS);
        CtrlSegment.SOLICITED.set(driver.m, at, flags);
        if (xrcSrqn != 0) {
            CtrlSegment.XRC_SRQN.set(driver.m, at, xrcSrqn);
        }
        CtrlSegment.IMMEDIATE.set(driver.m, at, immediate);
        CtrlSegment.OWNER_OPCODE_WORD.set(driver.m, at,
                CtrlSegment.OPCODE.of0(opcode) | CtrlSegment.OWNER.of0(sendHead >> LOG_SQ & 1));
        sendHead++;
        driver.writeUar(Uar.sendDoorbell(MiniDriver.UAR_PAGE), Uar.SEND_QPN.of0(qpn));
    }

    void data(long segment, int key, long va, int length) {
        DataSegment.COUNT_WORD.set(driver.m, segment, length);
        DataSegment.LKEY.set(driver.m, segment, key);
        DataSegment.ADDRESS.set(driver.m, segment, va);
    }

    void send(int opcode, int key, long va, int length) {
        long at = nextSend();
        data(at + 16, key, va, length);
        post(at, opcode, 2, 0, 0);
    }

    void rdma(int opcode, int key, long va, int length, int rkey, long remoteVa, int immediate) {
        long at = nextSend();
        RemoteAddrSegment.ADDRESS.set(driver.m, at + 16, remoteVa);
        RemoteAddrSegment.RKEY.set(driver.m, at + 16, rkey);
        data(at + 32, key, va, length);
        post(at, opcode, 3, 0, immediate);
    }

    void receive(int key, long va, int length) {
        long at = pa + ((long) SQ_STRIDE << LOG_SQ) + (long) (receiveHead & (1 << LOG_RQ) - 1) * RQ_STRIDE;
        data(at, key, va, length);
        data(at + 16, MemKey.INVALID_LKEY, 0, 0);
        receiveHead++;
        RqDoorbell.POSTED.set(driver.m, dbRecordPa, receiveHead);
    }

    static MiniQp rc(MiniDriver driver, int qpn, MiniCq cq) {
        return of(driver, qpn, ServiceType.RC, cq, cq);
    }

    static MiniQp rcOnSrq(MiniDriver driver, int qpn, MiniCq cq, int srqn) {
        return new MiniQp(driver, qpn, ServiceType.RC, cq, cq, srqn).created();
    }
}
