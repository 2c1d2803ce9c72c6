package org.legoos.mlx4.hca;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.legoos.mlx4.prm.CmdStatus;
import org.legoos.mlx4.prm.ConfigDev;
import org.legoos.mlx4.prm.DevCap;
import org.legoos.mlx4.prm.DiagRprt;
import org.legoos.mlx4.prm.ModStatCfg;
import org.legoos.mlx4.prm.Opcode;
import org.legoos.mlx4.prm.QueryAdapter;
import org.legoos.mlx4.prm.QueryFw;
import org.legoos.mlx4.prm.VirtToPhys;

/** Commands about the card as such: firmware, capabilities, identity, diagnostics. */
final class FirmwareCommands {
    private static final int FW_PAGES = 16;
    private static final int CMD_IF_REV = 3;
    private static final int LOG_MAX_CMDS = 4;

    private final HcaCore core;
    private int vxlanPort; // kept until the firmware stops, of no use to an InfiniBand port
    private int roceV2Port;

    FirmwareCommands(HcaCore core) {
        this.core = core;
    }

    void install(CommandTable table) {
        table.on(Opcode.QUERY_FW, HcaState.RESET, 0, QueryFw.SIZE_BYTES, this::queryFw);
        table.on(Opcode.MAP_FA, HcaState.RESET, this::mapFa);
        table.on(Opcode.UNMAP_FA, HcaState.RESET, this::unmapFa);
        table.on(Opcode.RUN_FW, HcaState.RESET, this::runFw);
        table.on(Opcode.QUERY_DEV_CAP, HcaState.FW_RUNNING, 0, DevCap.SIZE_BYTES, this::queryDevCap);
        table.on(Opcode.QUERY_ADAPTER, HcaState.FW_RUNNING, 0, QueryAdapter.SIZE_BYTES, this::queryAdapter);
        table.on(Opcode.MOD_STAT_CFG, HcaState.FW_RUNNING, this::modStatCfg);
        table.on(Opcode.DIAG_RPRT, HcaState.FW_RUNNING, 0, DiagRprt.SIZE_BYTES, this::diagRprt);
        table.on(Opcode.CONFIG_DEV, HcaState.FW_RUNNING, this::configDev);
        table.on(Opcode.NOP, HcaState.RESET, command -> CmdStatus.OK);
        table.on(Opcode.HW_HEALTH_CHECK, HcaState.RESET, command -> CmdStatus.OK);
    }

    private CmdStatus queryFw(Command command) {
        MemorySegment m = command.out;
        QueryFw.FW_PAGES.set(m, 0, FW_PAGES);
        QueryFw.FW_MAJOR.set(m, 0, core.config.fwMajor());
        QueryFw.FW_MINOR.set(m, 0, core.config.fwMinor());
        QueryFw.FW_SUBMINOR.set(m, 0, core.config.fwSubminor());
        QueryFw.CMD_IF_REV.set(m, 0, CMD_IF_REV);
        QueryFw.LOG_MAX_CMDS.set(m, 0, LOG_MAX_CMDS);
        QueryFw.BUILD_HOUR.set(m, 0, 0x12);
        QueryFw.BUILD_YEAR.set(m, 0, 0x2017);
        QueryFw.BUILD_MONTH.set(m, 0, 0x07);
        QueryFw.BUILD_DAY.set(m, 0, 0x04);
        QueryFw.CLR_INT_BASE.set(m, 0, DcsBar.CLR_INT);
        QueryFw.ERROR_BUFFER_BASE.set(m, 0, DcsBar.ERROR_BUFFER);
        QueryFw.ERROR_BUFFER_WORDS.set(m, 0, DcsBar.ERROR_BUFFER_WORDS);
        QueryFw.CLOCK_BASE.set(m, 0, DcsBar.CLOCK);
        return CmdStatus.OK;
    }

    /** The firmware's own memory: its pages must be memory, and are never touched. */
    private CmdStatus mapFa(Command command) {
        int entries = command.inModifier;
        if (core.state != HcaState.RESET) {
            return CmdStatus.BAD_SYS_STATE;
        }
        if (entries < 1 || entries > VirtToPhys.MAX_ENTRIES || !command.loadIn(entries * VirtToPhys.SIZE_BYTES)) {
            return CmdStatus.BAD_PARAM;
        }
        for (int i = 0; i < entries; i++) {
            core.firmwarePages += 1L << VirtToPhys.LOG_PAGES.get(command.in, (long) i * VirtToPhys.SIZE_BYTES);
        }
        return CmdStatus.OK;
    }

    private CmdStatus unmapFa(Command command) {
        vxlanPort = 0;
        roceV2Port = 0;
        core.reset();
        return CmdStatus.OK;
    }

    private CmdStatus runFw(Command command) {
        if (core.firmwarePages < FW_PAGES) {
            return CmdStatus.BAD_SYS_STATE;
        }
        if (core.state == HcaState.RESET) {
            core.state = HcaState.FW_RUNNING;
        }
        return CmdStatus.OK;
    }

    private CmdStatus queryDevCap(Command command) {
        HcaLimits.write(command.out, core.config.portCount(), true);
        return CmdStatus.OK;
    }

    private CmdStatus queryAdapter(Command command) {
        byte[] id = java.util.Arrays.copyOf(
                core.config.boardId().getBytes(StandardCharsets.US_ASCII), QueryAdapter.BOARD_ID_BYTES);
        QueryAdapter.INTA_PIN.set(command.out, 0, Interrupts.INTA_PIN);
        for (int i = 0; i < id.length; i++) { // 32-bit words, byte-swapped
            command.out.set(ValueLayout.JAVA_BYTE, QueryAdapter.BOARD_ID + (i ^ 3), id[i]);
        }
        return CmdStatus.OK;
    }

    private CmdStatus modStatCfg(Command command) {
        return switch (command.opcodeModifier) {
            case 0 -> command.loadIn(ModStatCfg.SIZE_BYTES)
                            && ModStatCfg.LOG_PG_SZ.get(command.in, 0) == 0
                    ? CmdStatus.OK
                    : CmdStatus.BAD_PARAM;
            case 2 -> queryStaticConfig(command);
            default -> CmdStatus.BAD_OP;
        };
    }

    private CmdStatus queryStaticConfig(Command command) {
        HcaPort port = core.port(command.inModifier >>> 8 & 0xff);
        if (port == null || !command.prepareOut(ModStatCfg.SIZE_BYTES)) {
            return CmdStatus.BAD_PARAM;
        }
        long guid = core.config.portGuid(port.number);
        ModStatCfg.PORT_GUID_HI.set(command.out, 0, (int) (guid >>> Integer.SIZE));
        ModStatCfg.PORT_GUID_LO.set(command.out, 0, (int) guid);
        return CmdStatus.OK;
    }

    private CmdStatus configDev(Command command) {
        if (command.opcodeModifier == ConfigDev.OP_GET) {
            if (!command.prepareOut(ConfigDev.SIZE_BYTES)) {
                return CmdStatus.BAD_PARAM;
            }
            ConfigDev.VXLAN_PORT.set(command.out, 0, vxlanPort);
            ConfigDev.ROCE_V2_PORT.set(command.out, 0, roceV2Port);
            return CmdStatus.OK;
        }
        if (command.opcodeModifier != ConfigDev.OP_SET) {
            return CmdStatus.BAD_OP;
        }
        if (!command.loadIn(ConfigDev.SIZE_BYTES)) {
            return CmdStatus.BAD_PARAM;
        }
        if (ConfigDev.SET_VXLAN_PORT.isSet(command.in, 0)) {
            vxlanPort = ConfigDev.VXLAN_PORT.get(command.in, 0);
        }
        if (ConfigDev.SET_ROCE_V2_PORT.isSet(command.in, 0)) {
            roceV2Port = ConfigDev.ROCE_V2_PORT.get(command.in, 0);
        }
        return CmdStatus.OK;
    }

    private CmdStatus diagRprt(Command command) {
        if (command.opcodeModifier != DiagRprt.OP_TRANSPORT_ERRORS) {
            return CmdStatus.BAD_OP;
        }
        core.diagnostics.write(command.out);
        return CmdStatus.OK;
    }
}
