package org.legoos.mlx4.hca;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.legoos.isa.time.VirtualClock;
import org.legoos.mlx4.prm.CmdStatus;
import org.legoos.mlx4.prm.ConfigDev;
import org.legoos.mlx4.prm.CqContext;
import org.legoos.mlx4.prm.Dcs;
import org.legoos.mlx4.prm.EqEntry;
import org.legoos.mlx4.prm.EventType;
import org.legoos.mlx4.prm.Hcr;
import org.legoos.mlx4.prm.Hex;
import org.legoos.mlx4.prm.InitHca;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.MadIfc;
import org.legoos.mlx4.prm.ModStatCfg;
import org.legoos.mlx4.prm.MptEntry;
import org.legoos.mlx4.prm.MttEntry;
import org.legoos.mlx4.prm.Opcode;
import org.legoos.mlx4.prm.PortInfo;
import org.legoos.mlx4.prm.QpContext;
import org.legoos.mlx4.prm.SetPort;
import org.legoos.mlx4.prm.VirtToPhys;

/** The command interface against documented bytes, and its answers to commands that are wrong. */
class CommandsTest {
    private static final ValueLayout.OfLong BE64 =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final long GUID = 0x0002c90300a1b2c0L;
    private final MiniDriver d = new MiniDriver("mlx4_0", GUID, new VirtualClock());

    @AfterEach
    void close() {
        d.close();
    }

    private String out(int sizeBytes) {
        return Hex.of(d.m, d.outBox, sizeBytes);
    }

    private static String dump(int sizeBytes, String text) {
        return Hex.of(Hex.dump(sizeBytes, text), 0, sizeBytes);
    }

    @Test
    void configurationSpaceIsThatOfTheCard() {
        Hca fresh = d.hca;
        fresh.reset();
        StringBuilder got = new StringBuilder();
        for (int at = 0; at < 0x40; at += 4) {
            got.append("%08x".formatted(Integer.reverseBytes(fresh.configRead(at, 4))));
        }
        assertThat(got.toString()).isEqualTo(dump(0x40, """
                000: b3150310 00001000 00000702 00000000
                010: 04000000 00000000 0c000000 00000000
                020: 00000000 00000000 00000000 b3155000
                030: 00000000 40000000 00000000 ff010000
                """));
        assertThat(fresh.configRead(0x9c, 4)).isEqualTo(0x007f6011);
        assertThat(fresh.configRead(0xa0, 4)).isEqualTo(0x7c000);
        assertThat(fresh.configRead(0xa4, 4)).isEqualTo(0x7d000);
        assertThat(fresh.barSizeBytes(0)).isEqualTo(1 << 20);
        assertThat(fresh.barSizeBytes(2)).isEqualTo(8 << 20);
    }

    @Test
    void commandRegisterKeepsToggleAndOpcodeAndShowsStatus() {
        d.must(Opcode.QUERY_FW, 0, 0, 0, d.outBox);
        assertThat(d.readDcs(Dcs.HCR + Hcr.CONTROL)).isEqualTo(0x00200004);
        assertThat(d.command(0x123, 0, 0, 0, 0)).isEqualTo(CmdStatus.BAD_OP);
        assertThat(d.readDcs(Dcs.HCR + Hcr.CONTROL)).isEqualTo(0x02000123);
        d.writeDcs(Dcs.RESET, 1);
        assertThat(d.readDcs(Dcs.HCR + Hcr.CONTROL)).isZero();
    }

    @Test
    void queryFw() {
        d.must(Opcode.QUERY_FW, 0, 0, 0, d.outBox);
        assertThat(out(0x100)).isEqualTo(dump(0x100, """
                000: 00100002 1388002a 00000003 00000004
                010: 12000000 20170704 00000000 00000000
                020: 00000000 000f00d8 00000000 00000000
                030: 00000000 0001f000 00000010 00000000
                050: 00000000 000f1000 00000000 00000000
                """));
    }

    @Test
    void queryDevCap() {
        d.runFirmware();
        d.must(Opcode.QUERY_DEV_CAP, 0, 0, 0, d.outBox);
        // The documented example but for BlueFlame, port management events and all memory extensions on.
        assertThat(out(0x100)).isEqualTo(dump(0x100, """
                010: 0e0e0618 60180004 00160718 16180207
                020: 4028041e 00000000 00070004 00000016
                030: 00000000 000f5301 1e000007 ffff0007
                040: 08000000 0035034f 1002000c 8009030a
                050: 003e03f0 00200200 00000000 00000000
                060: 00080018 40170010 00000000 00000000
                080: 00200100 00400040 00400040 00400040
                090: 00080040 20000ec2 00000500 00000000
                0a0: 00001000 00000000 00000000 00000000
                """));
    }

    @Test
    void queryPortAndAdapter() {
        d.runFirmware();
        d.must(Opcode.QUERY_PORT, 1, 0, 0, d.outBox);
        assertThat(out(0x10)).isEqualTo("01050000000003770000770800000000");
        d.must(Opcode.QUERY_ADAPTER, 0, 0, 0, d.outBox);
        assertThat(out(0x100).substring(0x1e0)).isEqualTo("4a5f544d304156413030303000313030");
        assertThat(d.command(Opcode.QUERY_PORT, 2, 0, 0, d.outBox)).isEqualTo(CmdStatus.BAD_PARAM);
    }

    @Test
    void nodeInfoOfTheManagementAgent() {
        d.bringUp();
        get(Mad.ATTR_NODE_INFO, 0);
        assertThat(out(0x70)).isEqualTo(dump(0x70, """
                000: 01010181 00000000 00000000 00000000
                010: 00110000 00000000 00000000 00000000
                040: 01010101 0002c903 00a1b2c3 0002c903
                050: 00a1b2c0 0002c903 00a1b2c1 00801003
                060: 00000001 010002c9 00000000 00000000
                """));
    }

    @Test
    void portInfoOfACabledPort() {
        d.bringUp();
        d.must(Opcode.INIT_PORT, 1, 0, 0, 0);
        d.hca.port(1).setState(org.legoos.mlx4.fabric.PortState.INIT);
        get(Mad.ATTR_PORT_INFO, 1);
        assertThat(out(0x80)).isEqualTo(dump(0x80, """
                000: 01010181 00000000 00000000 00000000
                010: 00150000 00000001 00000000 00000000
                040: 00000000 00000000 fe800000 00000000
                050: 00000000 02514868 00000000 01030302
                060: 72520047 50400008 08050010 00000000
                070: 00008012 10880000 00000000 00000000
                """));
    }

    private void get(int attribute, int modifier) {
        d.clearIn();
        Mad.BASE_VERSION.set(d.m, d.inBox, 1);
        Mad.MGMT_CLASS.set(d.m, d.inBox, Mad.CLASS_SUBN_LID);
        Mad.CLASS_VERSION.set(d.m, d.inBox, 1);
        Mad.METHOD.set(d.m, d.inBox, Mad.METHOD_GET);
        Mad.ATTRIBUTE_ID.set(d.m, d.inBox, attribute);
        Mad.ATTRIBUTE_MODIFIER.set(d.m, d.inBox, modifier);
        d.must(Opcode.MAD_IFC, 1, MadIfc.IGNORE_MKEY | MadIfc.IGNORE_BKEY, d.inBox, d.outBox);
    }

    @Test
    void ownershipIsTakenByTheFirstReader() {
        assertThat(d.readDcs(Dcs.OWNERSHIP)).isZero();
        assertThat(d.readDcs(Dcs.OWNERSHIP)).isNotZero();
        d.writeDcs(Dcs.OWNERSHIP, 0);
        assertThat(d.readDcs(Dcs.OWNERSHIP)).isZero();
        assertThat(d.readDcs(Dcs.SEMAPHORE)).isZero();
        assertThat(d.readDcs(0x1f000)).isZero();
    }

    @Test
    void translationsAreReadAsTheyWereWritten() {
        d.bringUp();
        d.clearIn();
        MttEntry.WRITE_MTT_ADDR.set(d.m, d.inBox, 0x400);
        d.m.set(BE64, d.inBox + MttEntry.WRITE_MTT_ENTRIES, 0x1234_5001L);
        d.m.set(BE64, d.inBox + MttEntry.WRITE_MTT_ENTRIES + 8, 0x1_2345_6001L);
        d.must(Opcode.WRITE_MTT, 2, 0, d.inBox, 0);
        d.must(Opcode.READ_MTT, 3, 0, 0x400, d.outBox);
        assertThat(out(0x28)).isEqualTo("00000000000004000000000000000000"
                + "0000000012345001" + "0000000123456001" + "0000000000000000");
        assertThat(d.command(Opcode.READ_MTT, 3, 0, 0x404, d.outBox)).isEqualTo(CmdStatus.BAD_INDEX);
        assertThat(d.command(Opcode.READ_MTT, 3, 0, -8, d.outBox)).isEqualTo(CmdStatus.BAD_INDEX);
        assertThat(d.command(Opcode.READ_MTT, 0, 0, 0x400, d.outBox)).isEqualTo(CmdStatus.BAD_PARAM);
        assertThat(d.command(Opcode.READ_MTT, 1 << 20, 0, 0x400, d.outBox)).isEqualTo(CmdStatus.BAD_PARAM);
    }

    @Test
    void deviceConfigurationIsKeptAndTold() {
        d.runFirmware();
        d.clearIn();
        ConfigDev.SET_VXLAN_PORT.set(d.m, d.inBox, 1);
        ConfigDev.VXLAN_PORT.set(d.m, d.inBox, 4789);
        ConfigDev.ROCE_V2_PORT.set(d.m, d.inBox, 4791); // not asked for
        d.must(Opcode.CONFIG_DEV, 0, ConfigDev.OP_SET, d.inBox, 0);
        d.must(Opcode.CONFIG_DEV, 0, ConfigDev.OP_GET, 0, d.outBox);
        assertThat(ConfigDev.VXLAN_PORT.get(d.m, d.outBox)).isEqualTo(4789);
        assertThat(ConfigDev.ROCE_V2_PORT.get(d.m, d.outBox)).isZero();
        assertThat(d.command(Opcode.CONFIG_DEV, 0, 2, d.inBox, d.outBox)).isEqualTo(CmdStatus.BAD_OP);
    }

    @Test
    void portCapabilitiesAreSetAndComeBack() {
        d.bringUp();
        d.clearIn();
        SetPort.CAPABILITY_MASK.set(d.m, d.inBox, 0x10000);
        d.must(Opcode.SET_PORT, 1, 0, d.inBox, 0);
        get(Mad.ATTR_PORT_INFO, 1);
        assertThat(PortInfo.CAPABILITY_MASK.get(d.m, d.outBox + Mad.DATA)).isEqualTo(0x10000);
        d.clearIn();
        SetPort.RESET_CAPABILITY_MASK.set(d.m, d.inBox, 1);
        d.must(Opcode.SET_PORT, 1, 0, d.inBox, 0);
        get(Mad.ATTR_PORT_INFO, 1);
        assertThat(PortInfo.CAPABILITY_MASK.get(d.m, d.outBox + Mad.DATA)).isEqualTo(0x02514868);
    }

    @Test
    void commandsAreRefusedBeforeTheirTime() {
        assertThat(d.command(Opcode.QUERY_DEV_CAP, 0, 0, 0, d.outBox)).isEqualTo(CmdStatus.BAD_SYS_STATE);
        assertThat(d.command(Opcode.RUN_FW, 0, 0, 0, 0)).isEqualTo(CmdStatus.BAD_SYS_STATE);
        d.runFirmware();
        assertThat(d.command(Opcode.SW2HW_CQ, 0x80, 0, d.inBox, 0)).isEqualTo(CmdStatus.BAD_SYS_STATE);
        d.clearIn();
        d.must(Opcode.MOD_STAT_CFG, 0, 0, d.inBox, 0);
        d.must(Opcode.MOD_STAT_CFG, 1 << 8, 2, 0, d.outBox);
        assertThat(ModStatCfg.PORT_GUID_LO.get(d.m, d.outBox)).isEqualTo((int) GUID + 1);
    }

    @Test
    void mailboxesMustBeMemory() {
        assertThat(d.command(Opcode.QUERY_FW, 0, 0, 0, 1L << 40)).isEqualTo(CmdStatus.BAD_PARAM);
        assertThat(d.command(Opcode.QUERY_FW, 0, 0, 0, -4096)).isEqualTo(CmdStatus.BAD_PARAM);
        assertThat(d.command(Opcode.MAP_FA, 1, 0, d.ram.sizeBytes() - 8, 0)).isEqualTo(CmdStatus.BAD_PARAM);
        assertThat(d.command(Opcode.MAP_FA, 257, 0, d.inBox, 0)).isEqualTo(CmdStatus.BAD_PARAM);
        assertThat(d.log).hasSize(2); // bus error and command error, each once
        d.hca.configWrite(4, 2, 2); // no bus mastering
        assertThat(d.command(Opcode.QUERY_FW, 0, 0, 0, d.outBox)).isEqualTo(CmdStatus.BAD_PARAM);
    }

    @Test
    void icmBlocksMustBeAlignedAndDisjoint() {
        d.runFirmware();
        assertThat(mapIcm(0x41000, 0x100000, 6)).isEqualTo(CmdStatus.BAD_PARAM);
        assertThat(mapIcm(0x40000, 0x100000, 6)).isEqualTo(CmdStatus.OK);
        assertThat(mapIcm(0x7f000, 0x200000, 0)).isEqualTo(CmdStatus.BAD_PARAM);
        assertThat(mapIcm(0, 0x200000, 8)).isEqualTo(CmdStatus.BAD_PARAM);
        assertThat(mapIcm(0x80000, 0x200000, 6)).isEqualTo(CmdStatus.OK);
        assertThat(mapIcm(1L << 50, 0x200000, 0)).isEqualTo(CmdStatus.BAD_PARAM);
        d.must(Opcode.UNMAP_ICM, 1 << 20, 0, 0x40000, 0);
        assertThat(mapIcm(0x40000, 0x100000, 6)).isEqualTo(CmdStatus.OK);
    }

    private CmdStatus mapIcm(long icmAddr, long pa, int logPages) {
        d.clearIn();
        VirtToPhys.VIRTUAL.set(d.m, d.inBox, icmAddr);
        VirtToPhys.PHYSICAL.set(d.m, d.inBox, pa);
        VirtToPhys.LOG_PAGES.set(d.m, d.inBox, logPages);
        return d.command(Opcode.MAP_ICM, 1, 0, d.inBox, 0);
    }

    @Test
    void objectsChangeHandsOnce() {
        d.bringUp();
        d.createEq(6);
        assertThat(d.command(Opcode.SW2HW_EQ, MiniDriver.EQN, 0, d.inBox, 0)).isEqualTo(CmdStatus.BAD_RES_STATE);
        assertThat(d.command(Opcode.SW2HW_EQ, 3, 0, d.inBox, 0)).isEqualTo(CmdStatus.BAD_INDEX);
        assertThat(d.command(Opcode.HW2SW_EQ, 9, 1, 0, 0)).isEqualTo(CmdStatus.BAD_RES_STATE);
        MiniCq cq = d.createCq(0x80, 4);
        assertThat(d.command(Opcode.SW2HW_CQ, 0x80, 0, d.inBox, 0)).isEqualTo(CmdStatus.BAD_RES_STATE);
        assertThat(d.command(Opcode.SW2HW_CQ, 0x7f, 0, d.inBox, 0)).isEqualTo(CmdStatus.BAD_INDEX);
        assertThat(d.command(Opcode.SW2HW_CQ, 1 << 9, 0, d.inBox, 0)).isEqualTo(CmdStatus.BAD_INDEX);
        MiniQp.rc(d, 0x50, cq);
        assertThat(d.command(Opcode.HW2SW_CQ, 0x80, 1, 0, 0)).isEqualTo(CmdStatus.RESOURCE_BUSY);
        assertThat(d.command(Opcode.RST2INIT_QP, 0x50, 0, d.inBox, 0)).isEqualTo(CmdStatus.BAD_QP_STATE);
        assertThat(d.command(Opcode.RTR2RTS_QP, 0x50, 0, d.inBox, 0)).isEqualTo(CmdStatus.BAD_QP_STATE);
        d.must(Opcode.QUERY_QP, 0x50, 0, 0, d.outBox);
        assertThat(QpContext.STATE.get(d.m, d.outBox + QpContext.MAILBOX_OFFSET)).isEqualTo(1);
        d.must(Opcode.TO_ERR_QP, 0x50, 0, 0, 0);
        d.must(Opcode.TO_RST_QP, 0x50, 2, 0, 0);
        d.must(Opcode.TO_RST_QP, 0x50, 2, 0, 0);
        d.must(Opcode.HW2SW_CQ, 0x80, 1, 0, 0);
        d.must(Opcode.HW2SW_EQ, MiniDriver.EQN, 1, 0, 0);
        d.must(Opcode.CLOSE_HCA, 0, 0, 0, 0);
        assertThat(d.command(Opcode.QUERY_HCA, 0, 0, 0, d.outBox)).isEqualTo(CmdStatus.BAD_SYS_STATE);
    }

    @Test
    void mptLivesInIcmAndGoesBackAndForth() {
        d.bringUp();
        int key = d.registerAll(0x200000, 0x1000);
        int index = key >>> 8;
        assertThat(d.command(Opcode.SW2HW_MPT, index, 0, d.inBox, 0)).isEqualTo(CmdStatus.BAD_RES_STATE);
        d.must(Opcode.QUERY_MPT, index, 0, 0, d.outBox);
        assertThat(MptEntry.STATUS.get(d.m, d.outBox)).isEqualTo(MptEntry.STATUS_HW);
        assertThat(MptEntry.START.get(d.m, d.outBox)).isEqualTo(0x200000);
        d.must(Opcode.HW2SW_MPT, index, 0, 0, d.outBox);
        assertThat(MptEntry.STATUS.get(d.m, d.outBox)).isEqualTo(MptEntry.STATUS_SW);
        assertThat(d.command(Opcode.HW2SW_MPT, index, 1, 0, 0)).isEqualTo(CmdStatus.BAD_RES_STATE);
        assertThat(d.command(Opcode.SW2HW_MPT, 3, 0, d.inBox, 0)).isEqualTo(CmdStatus.BAD_INDEX);
        assertThat(d.command(Opcode.SW2HW_MPT, -1, 0, d.inBox, 0)).isEqualTo(CmdStatus.BAD_INDEX);
    }

    @Test
    void newQueuesBelongToTheHardware() {
        d.bringUp();
        d.createEq(8);
        assertThat(Hex.of(d.m, d.eqPa, 32)).isEqualTo("00".repeat(31) + "80");
        assertThat(Hex.of(d.m, d.eqPa + 255 * 32, 32)).endsWith("80");
        MiniCq cq = d.createCq(0x81, 7);
        assertThat(Hex.of(d.m, cq.pa + 127 * 32, 32)).endsWith("80");
        d.must(Opcode.QUERY_CQ, 0x81, 0, 0, d.outBox);
        assertThat(CqContext.STATE.get(d.m, d.outBox)).isZero();
    }

    @Test
    void nopInEventModeInterrupts() {
        d.bringUp();
        d.enableInterrupts();
        d.createEq(6);
        d.armEq();
        d.post(Opcode.NOP, 0x1f, 0, 0, 0, 0x0012, 1);
        assertThat(d.interrupts).hasValue(1);
        long event = d.pollEq();
        assertThat(Hex.of(d.m, event, 32)).isEqualTo("000a0000" + "00000012" + "00".repeat(24));
        d.post(Opcode.NOP, 0x1f, 0, 0, 0, 0x0013, 1);
        assertThat(d.interrupts).as("not armed again").hasValue(1);
        d.armEq();
        assertThat(d.interrupts).as("armed with an event unseen").hasValue(2);
    }

    @Test
    void eventQueueFlipsItsOwnerBitEachLap() {
        d.bringUp();
        d.createEq(2);
        for (int i = 0; i < 11; i++) {
            d.post(Opcode.NOP, 0x1f, 0, 0, 0, i, 1);
            long event = d.pollEq();
            assertThat(event).isNotNegative();
            assertThat(EqEntry.TYPE.get(d.m, event)).isEqualTo(EventType.COMMAND);
            assertThat(EqEntry.CMD_TOKEN.get(d.m, event)).isEqualTo(i);
            d.armEq();
        }
        for (int i = 0; i < 6; i++) {
            d.post(Opcode.NOP, 0x1f, 0, 0, 0, i, 1);
        }
        assertThat(d.hca.counters().get(HcaCounters.Kind.EQ_OVERFLOW)).isEqualTo(2);
    }

    @Test
    void initHcaIsCheckedAndCanBeQueried() {
        d.runFirmware();
        assertThat(initHca(m -> InitHca.LOG_QPS.set(m, d.inBox, 25))).isEqualTo(CmdStatus.BAD_PARAM);
        assertThat(initHca(m -> InitHca.CQE_64.set(m, d.inBox, 1))).isEqualTo(CmdStatus.BAD_PARAM);
        assertThat(initHca(m -> InitHca.MTT_BASE.set(m, d.inBox, -8))).isEqualTo(CmdStatus.BAD_PARAM);
        assertThat(initHca(m -> InitHca.LOG_QPS.set(m, d.inBox, 18))).isEqualTo(CmdStatus.OK);
        d.must(Opcode.QUERY_HCA, 0, 0, 0, d.outBox);
        assertThat(InitHca.LOG_QPS.get(d.m, d.outBox)).isEqualTo(18);
        assertThat(initHca(m -> {})).isEqualTo(CmdStatus.BAD_SYS_STATE);
    }

    private CmdStatus initHca(Consumer<MemorySegment> change) {
        d.clearIn();
        change.accept(d.m);
        return d.command(Opcode.INIT_HCA, 0, 0, d.inBox, 0);
    }
}
