package org.legoos.mlx4.prm;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** The layouts against documented byte dumps of registers, mailboxes and queue entries. */
class ByteExamplesTest {

    @Test
    void queryFw() {
        MemorySegment m = Hex.dump(QueryFw.SIZE_BYTES, """
                000: 00100002 1388002a 00000003 00000004
                010: 12000000 20170704 00000000 00000000
                020: 00000000 000f00d8 00000000 00000000
                030: 00000000 0001f000 00000010 00000000
                050: 00000000 000f1000 00000000 00000000
                """);
        assertThat(QueryFw.FW_PAGES.get(m, 0)).isEqualTo(16);
        assertThat(QueryFw.FW_MAJOR.get(m, 0)).isEqualTo(2);
        assertThat(QueryFw.FW_MINOR.get(m, 0)).isEqualTo(42);
        assertThat(QueryFw.FW_SUBMINOR.get(m, 0)).isEqualTo(5000);
        assertThat(QueryFw.CMD_IF_REV.get(m, 0)).isEqualTo(3);
        assertThat(QueryFw.LOG_MAX_CMDS.get(m, 0)).isEqualTo(4);
        assertThat(QueryFw.CLR_INT_BASE.get(m, 0)).isEqualTo(0xf00d8);
        assertThat(QueryFw.ERROR_BUFFER_BASE.get(m, 0)).isEqualTo(0x1f000);
        assertThat(QueryFw.ERROR_BUFFER_WORDS.get(m, 0)).isEqualTo(16);
        assertThat(QueryFw.CLOCK_BASE.get(m, 0)).isEqualTo(0xf1000);
        assertThat(QueryFw.BUILD_YEAR.get(m, 0)).isEqualTo(0x2017);
        assertThat(QueryFw.BUILD_DAY.get(m, 0)).isEqualTo(4);
    }

    @Test
    void queryDevCap() {
        MemorySegment m = Hex.dump(DevCap.SIZE_BYTES, """
                010: 0e0e0618 60180004 00160718 16180207
                020: 4028041e 00000000 00070004 00000016
                030: 00000000 000f5301 1e000007 ffff0007
                040: 00000000 0037034f 1002000c 00000000
                050: 003e03f0 00200200 00000000 00000000
                060: 00080018 40170010 00000000 00000000
                080: 00200100 00400040 00400040 00400040
                090: 00080040 00000cc0 00000500 00000000
                0a0: 00001000 00000000 00000000 00000000
                """);
        assertThat(DevCap.LOG_RSVD_QP.get(m, 0)).isEqualTo(6);
        assertThat(DevCap.LOG_MAX_QP.get(m, 0)).isEqualTo(24);
        assertThat(DevCap.LOG_RSVD_SRQ.get(m, 0)).isEqualTo(6);
        assertThat(DevCap.LOG_MAX_CQ_SZ.get(m, 0)).isEqualTo(22);
        assertThat(DevCap.LOG_RSVD_CQ.get(m, 0)).isEqualTo(7);
        assertThat(DevCap.LOG_RSVD_EQ.get(m, 0)).isEqualTo(2);
        assertThat(DevCap.LOG_MAX_EQ.get(m, 0)).isEqualTo(7);
        assertThat(DevCap.LOG_RSVD_MTT.get(m, 0)).isEqualTo(4);
        assertThat(DevCap.LOG_RSVD_MPT.get(m, 0)).isEqualTo(4);
        assertThat(DevCap.LOG_MAX_SRA.get(m, 0)).isEqualTo(7);
        assertThat(DevCap.NUM_PORTS.get(m, 0)).isEqualTo(1);
        assertThat(DevCap.LOG_MAX_MSG.get(m, 0)).isEqualTo(30);
        assertThat(DevCap.FLAGS.get(m, 0)).isEqualTo(0x0037034fL);
        assertThat(DevCap.FLAGS.get(m, 0) & DevCapFlags.ATOMIC).isNotZero();
        assertThat(DevCap.LOG_RSVD_UAR.get(m, 0)).isEqualTo(1);
        assertThat(DevCap.LOG_UAR_MIB.get(m, 0)).isEqualTo(2);
        assertThat(DevCap.LOG_MIN_PAGE_SZ.get(m, 0)).isEqualTo(12);
        assertThat(DevCap.MAX_SG_SQ.get(m, 0)).isEqualTo(62);
        assertThat(DevCap.MAX_DESC_SZ_SQ.get(m, 0)).isEqualTo(1008);
        assertThat(DevCap.MAX_SG_RQ.get(m, 0)).isEqualTo(32);
        assertThat(DevCap.MTT_ENTRY_SZ.get(m, 0)).isEqualTo(8);
        assertThat(DevCap.QPC_ENTRY_SZ.get(m, 0)).isEqualTo(256);
        assertThat(DevCap.BMME_FLAGS.get(m, 0) & DevCapFlags.BMME_FAST_REG_WR).isNotZero();
        assertThat(DevCap.RESERVED_LKEY.get(m, 0)).isEqualTo(0x500);
        assertThat(DevCap.MAX_ICM_SZ.get(m, 0)).isEqualTo(0x100000000000L);
    }

    @Test
    void initHca() {
        MemorySegment m = Hex.dump(InitHca.SIZE_BYTES, """
                000: 02000000 00000000 00000000 00005000
                010: 00000000 00000001 00000000 00000000
                030: 00000001 08000012 00000000 00000000
                040: 00000000 00000000 00000001 14800010
                050: 00000001 14c00010 00000000 00000000
                060: 00000001 12000000 00000000 00000000
                070: 00000001 13000000 00000000 00000000
                080: 00000001 15000007 00000000 00000000
                090: 00000001 00000004 00000000 00000000
                0c0: 00000001 14000000 00000000 00000000
                0d0: 0000000a 0000000c 0000000d 00000000
                0f0: 00000001 10000000 80000013 00000000
                100: 00000001 0c000000 00000000 00000000
                120: 00000000 00000000 00000a00 00000000
                """);
        assertThat(InitHca.VERSION.get(m, 0)).isEqualTo(2);
        assertThat(InitHca.CACHE_LINE.get(m, 0)).isEqualTo(0x50);
        assertThat(InitHca.QPC_BASE.get(m, 0)).isEqualTo(0x108000000L);
        assertThat(InitHca.LOG_QPS.get(m, 0)).isEqualTo(18);
        assertThat(InitHca.SRQC_BASE.get(m, 0)).isEqualTo(0x114800000L);
        assertThat(InitHca.LOG_SRQS.get(m, 0)).isEqualTo(16);
        assertThat(InitHca.CQC_BASE.get(m, 0)).isEqualTo(0x114c00000L);
        assertThat(InitHca.LOG_CQS.get(m, 0)).isEqualTo(16);
        assertThat(InitHca.EQC_BASE.get(m, 0)).isEqualTo(0x115000000L);
        assertThat(InitHca.LOG_EQS.get(m, 0)).isEqualTo(7);
        assertThat(InitHca.RDMARC_BASE.get(m, 0)).isEqualTo(0x100000000L);
        assertThat(InitHca.LOG_RDMARC.get(m, 0)).isEqualTo(4);
        assertThat(InitHca.LOG_MC_ENTRY_SZ.get(m, 0)).isEqualTo(10);
        assertThat(InitHca.LOG_MC_HASH_SZ.get(m, 0)).isEqualTo(12);
        assertThat(InitHca.LOG_MC_TABLE_SZ.get(m, 0)).isEqualTo(13);
        assertThat(InitHca.DMPT_BASE.get(m, 0)).isEqualTo(0x110000000L);
        assertThat(InitHca.MW_ENABLE.get(m, 0)).isEqualTo(1);
        assertThat(InitHca.LOG_MPTS.get(m, 0)).isEqualTo(19);
        assertThat(InitHca.MTT_BASE.get(m, 0)).isEqualTo(0x10c000000L);
        assertThat(InitHca.LOG_UARS.get(m, 0)).isEqualTo(10);
    }

    @Test
    void commandRegister() {
        MemorySegment m = Hex.bytes("00000000 00000000 00000000 00000001 00002000 ffff0000 00a00004");
        assertThat(Hcr.OUT_PARAM.get(m, 0)).isEqualTo(0x100002000L);
        assertThat(Hcr.TOKEN.get(m, 0)).isEqualTo(Hcr.POLL_TOKEN);
        assertThat(Hcr.OPCODE.get(m, 0)).isEqualTo(Opcode.QUERY_FW);
        assertThat(Hcr.GO.get(m, 0)).isEqualTo(1);
        assertThat(Hcr.TOGGLE.get(m, 0)).isEqualTo(1);
        assertThat(Hcr.EVENT.get(m, 0)).isZero();
        int control = Hcr.GO.in(Hcr.STATUS.in(0x00a00004, CmdStatus.BAD_OP.code()), 0);
        assertThat(control).isEqualTo(0x02200004);
        assertThat(Hcr.EVENT.of(0x00e00031)).isEqualTo(1);
    }

    @Test
    void writesFieldsWithoutTouchingTheirNeighbours() {
        MemorySegment m = Hex.bytes("ffffffff 00000000");
        CtrlSegment.OPCODE.set(m, 0, WqeOpcode.SEND);
        assertThat(Hex.of(m, 0, 8)).isEqualTo("ffffffea00000000");
        EqContext.MTT_BASE.set(MemorySegment.ofArray(new byte[EqContext.SIZE_BYTES]), 0, 0x12_3456_7888L);
        MemorySegment context = MemorySegment.ofArray(new byte[EqContext.SIZE_BYTES]);
        EqContext.LOG_PAGE_SIZE.set(context, 0, 9);
        EqContext.MTT_BASE.set(context, 0, 0x12_3456_788fL);
        assertThat(Hex.of(context, 0x18, 8)).isEqualTo("0900001234567888");
        assertThat(EqContext.MTT_BASE.get(context, 0)).isEqualTo(0x12_3456_7888L);
    }

    @Test
    void doorbells() {
        assertThat(Uar.SEND_QPN.of0(0x208)).isEqualTo(0x00020800);
        assertThat(Uar.sendDoorbell(128)).isEqualTo(0x80014);
        assertThat(Uar.cqDoorbell(128)).isEqualTo(0x80020);
        MemorySegment arm = Hex.bytes("12000080 00000000");
        assertThat(CqDoorbell.SN.get(arm, 0)).isEqualTo(1);
        assertThat(CqDoorbell.CMD.get(arm, 0)).isEqualTo(CqDoorbell.CMD_NEXT_ANY);
        assertThat(CqDoorbell.CQN.get(arm, 0)).isEqualTo(0x80);
        assertThat(Uar.eqDoorbell(4)).isEqualTo(0x1800);
        assertThat(Uar.eqDoorbell(5)).isEqualTo(0x1808);
        assertThat(Uar.EQ_ARM.of(0x80000000)).isEqualTo(1);
    }

    @Test
    void mappings() {
        MemorySegment icm = Hex.bytes("00000001 0c000000 00000002 00040006");
        assertThat(VirtToPhys.VIRTUAL.get(icm, 0)).isEqualTo(0x10c000000L);
        assertThat(VirtToPhys.PHYSICAL.get(icm, 0)).isEqualTo(0x200040000L);
        assertThat(VirtToPhys.LOG_PAGES.get(icm, 0)).isEqualTo(6);
        MemorySegment mtt = Hex.bytes("00000001 23456001");
        assertThat(MttEntry.ENTRY.get(mtt, 0)).isEqualTo(MttEntry.present(0x123456000L));
        assertThat(MemKey.toHardware(0x8001)).isEqualTo(0x01000080);
        assertThat(MemKey.fromHardware(0x01000080)).isEqualTo(0x8001);
    }

    @Test
    void sendWqe() {
        MemorySegment w = Hex.bytes("0000000a 00000002 0000000e 00000000  00000040 00008001 00000001 23456000");
        assertThat(CtrlSegment.OPCODE.get(w, 0)).isEqualTo(WqeOpcode.SEND);
        assertThat(CtrlSegment.DS.get(w, 0)).isEqualTo(2);
        assertThat(CtrlSegment.CQ_UPDATE.get(w, 0)).isEqualTo(CtrlSegment.CQ_UPDATE_ALWAYS);
        assertThat(CtrlSegment.SOLICITED.get(w, 0)).isEqualTo(1);
        assertThat(CtrlSegment.OWNER.of(0x8000000a)).isEqualTo(1);
        assertThat(DataSegment.BYTE_COUNT.get(w, 16)).isEqualTo(64);
        assertThat(DataSegment.LKEY.get(w, 16)).isEqualTo(0x8001);
        assertThat(DataSegment.ADDRESS.get(w, 16)).isEqualTo(0x123456000L);
    }

    @Test
    void datagramWqe() {
        MemorySegment w = Hex.bytes("01000005 00000003 00000000 00000000 00000000 00000000 00000000 00000000"
                + "00000001 80010000 00000000 00000000");
        assertThat(AddressVector.PORT.get(w, 0)).isEqualTo(1);
        assertThat(AddressVector.PD.get(w, 0)).isEqualTo(5);
        assertThat(AddressVector.REMOTE_LID.get(w, 0)).isEqualTo(3);
        assertThat(DatagramSegment.DEST_QPN.get(w, 0)).isEqualTo(1);
        assertThat(DatagramSegment.QKEY.get(w, 0)).isEqualTo(0x80010000);
    }

    @Test
    void completions() {
        MemorySegment send =
                Hex.bytes("00000208 00000000 00000000 00000000 00000000 00000040 00000000 0000004a");
        assertThat(CqEntry.QPN.get(send, 0)).isEqualTo(0x208);
        assertThat(CqEntry.BYTE_COUNT.get(send, 0)).isEqualTo(64);
        assertThat(CqEntry.IS_SEND.get(send, 0)).isEqualTo(1);
        assertThat(CqEntry.OPCODE.get(send, 0)).isEqualTo(WqeOpcode.SEND);
        MemorySegment error =
                Hex.bytes("00000208 00000000 00000000 00000000 00000000 00000000 00050005 0000005e");
        assertThat(CqEntry.OPCODE.get(error, 0)).isEqualTo(CqEntry.OP_ERROR);
        assertThat(CqEntry.WQE_INDEX.get(error, 0)).isEqualTo(5);
        assertThat(CqEntry.SYNDROME.get(error, 0)).isEqualTo(Syndrome.WR_FLUSH);
    }

    @Test
    void events() {
        MemorySegment cmd =
                Hex.bytes("000a0000 00000012 00000000 00000000 00000000 00000000 00000000 00000000");
        assertThat(EqEntry.TYPE.get(cmd, 0)).isEqualTo(EventType.COMMAND);
        assertThat(EqEntry.CMD_TOKEN.get(cmd, 0)).isEqualTo(0x12);
        MemorySegment port =
                Hex.bytes("00090004 00000000 00000000 10000000 00000000 00000000 00000000 00000000");
        assertThat(EqEntry.TYPE.get(port, 0)).isEqualTo(EventType.PORT_CHANGE);
        assertThat(EqEntry.SUBTYPE.get(port, 0)).isEqualTo(EventType.PORT_ACTIVE);
        assertThat(EqEntry.PORT.get(port, 0)).isEqualTo(1);
    }
}
