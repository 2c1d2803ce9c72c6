package org.legoos.mlx4.prm;

/** Firmware command opcodes (HCR bits 11:0). */
public final class Opcode {
    public static final int QUERY_DEV_CAP = 0x003;
    public static final int QUERY_FW = 0x004;
    public static final int QUERY_ADAPTER = 0x006;
    public static final int INIT_HCA = 0x007;
    public static final int CLOSE_HCA = 0x008;
    public static final int INIT_PORT = 0x009;
    public static final int CLOSE_PORT = 0x00a;
    public static final int QUERY_HCA = 0x00b;
    public static final int SET_PORT = 0x00c;
    public static final int SW2HW_MPT = 0x00d;
    public static final int QUERY_MPT = 0x00e;
    public static final int HW2SW_MPT = 0x00f;
    public static final int READ_MTT = 0x010;
    public static final int WRITE_MTT = 0x011;
    public static final int MAP_EQ = 0x012;
    public static final int SW2HW_EQ = 0x013;
    public static final int HW2SW_EQ = 0x014;
    public static final int QUERY_EQ = 0x015;
    public static final int SW2HW_CQ = 0x016;
    public static final int HW2SW_CQ = 0x017;
    public static final int QUERY_CQ = 0x018;
    public static final int RST2INIT_QP = 0x019;
    public static final int INIT2RTR_QP = 0x01a;
    public static final int RTR2RTS_QP = 0x01b;
    public static final int RTS2RTS_QP = 0x01c;
    public static final int SQERR2RTS_QP = 0x01d;
    public static final int TO_ERR_QP = 0x01e;
    public static final int RTS2SQD_QP = 0x01f;
    public static final int SQD2RTS_QP = 0x020;
    public static final int TO_RST_QP = 0x021;
    public static final int QUERY_QP = 0x022;
    public static final int CONF_SPECIAL_QP = 0x023;
    public static final int MAD_IFC = 0x024;
    public static final int READ_MCG = 0x025;
    public static final int WRITE_MCG = 0x026;
    public static final int MGID_HASH = 0x027;
    public static final int MODIFY_CQ = 0x02c;
    public static final int INIT2INIT_QP = 0x02d;
    public static final int SYNC_TPT = 0x02f;
    public static final int DIAG_RPRT = 0x030;
    public static final int NOP = 0x031;
    public static final int MOD_STAT_CFG = 0x034;
    public static final int SW2HW_SRQ = 0x035;
    public static final int HW2SW_SRQ = 0x036;
    public static final int QUERY_SRQ = 0x037;
    public static final int SQD2SQD_QP = 0x038;
    public static final int CONFIG_DEV = 0x03a;
    public static final int ARM_SRQ = 0x040;
    public static final int QUERY_PORT = 0x043;
    public static final int SENSE_PORT = 0x04d;
    public static final int HW_HEALTH_CHECK = 0x050;
    public static final int SET_NODE = 0x05a;
    public static final int RUN_FW = 0xff6;
    public static final int UNMAP_ICM = 0xff9;
    public static final int MAP_ICM = 0xffa;
    public static final int UNMAP_ICM_AUX = 0xffb;
    public static final int MAP_ICM_AUX = 0xffc;
    public static final int SET_ICM_SIZE = 0xffd;
    public static final int UNMAP_FA = 0xffe;
    public static final int MAP_FA = 0xfff;

    private Opcode() {}
}
