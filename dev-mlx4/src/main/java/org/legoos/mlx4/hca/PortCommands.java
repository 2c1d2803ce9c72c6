package org.legoos.mlx4.hca;

import java.lang.foreign.MemorySegment;
import org.legoos.mlx4.prm.CmdStatus;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.MadIfc;
import org.legoos.mlx4.prm.Opcode;
import org.legoos.mlx4.prm.QueryPort;
import org.legoos.mlx4.prm.SetPort;

/** Commands about ports, and management datagrams for the card itself. */
final class PortCommands {
    private static final int MAX_VLS = 8;
    private static final int MAX_MTU_CODE = 5;
    /** For Ethernet only, but Linux sizes its QPN ranges by them and warns when they are less than its defaults. */
    private static final int LOG_MACS = 7;
    private static final int LOG_VLANS = 7;
    private static final int IB_FORM = 0;
    private static final int NODE_DESCRIPTION_BYTES = 64;

    private final HcaCore core;

    PortCommands(HcaCore core) {
        this.core = core;
    }

    void install(CommandTable table) {
        table.on(Opcode.QUERY_PORT, HcaState.FW_RUNNING, 0, QueryPort.SIZE_BYTES, this::queryPort);
        table.on(Opcode.SENSE_PORT, HcaState.FW_RUNNING, this::sensePort);
        table.on(Opcode.INIT_PORT, HcaState.READY, command -> enable(command, true));
        table.on(Opcode.CLOSE_PORT, HcaState.FW_RUNNING, command -> enable(command, false));
        table.on(Opcode.SET_PORT, HcaState.READY, SetPort.SIZE_BYTES, 0, this::setPort);
        table.on(Opcode.SET_NODE, HcaState.READY, NODE_DESCRIPTION_BYTES, 0, this::setNode);
        table.on(Opcode.MAD_IFC, HcaState.READY, Mad.SIZE_BYTES, Mad.SIZE_BYTES, this::madIfc);
    }

    private CmdStatus queryPort(Command command) {
        HcaPort port = core.port(command.inModifier);
        if (port == null) {
            return CmdStatus.BAD_PARAM;
        }
        MemorySegment m = command.out;
        QueryPort.LINK_UP.set(m, 0, port.isLinkUp() ? 1 : 0);
        QueryPort.SUPPORTED_TYPES.set(m, 0, QueryPort.TYPE_IB);
        QueryPort.IB_MTU.set(m, 0, MAX_MTU_CODE);
        QueryPort.IB_PORT_WIDTH.set(m, 0, 3);
        QueryPort.LOG_MAX_GID.set(m, 0, HcaLimits.LOG_GIDS);
        QueryPort.LOG_MAX_PKEY.set(m, 0, HcaLimits.LOG_PKEYS);
        QueryPort.LOG_MAX_MAC.set(m, 0, LOG_MACS);
        QueryPort.LOG_MAX_VLAN.set(m, 0, LOG_VLANS);
        QueryPort.MAX_VL.set(m, 0, MAX_VLS);
        return CmdStatus.OK;
    }

    private CmdStatus sensePort(Command command) {
        if (core.port(command.inModifier) == null) {
            return CmdStatus.BAD_PARAM;
        }
        command.answerImmediate(QueryPort.TYPE_IB);
        return CmdStatus.OK;
    }

    private CmdStatus enable(Command command, boolean isOn) {
        HcaPort port = core.port(command.inModifier);
        if (port == null) {
            return CmdStatus.BAD_PARAM;
        }
        port.port.setEnabled(isOn);
        return CmdStatus.OK;
    }

    private CmdStatus setPort(Command command) {
        HcaPort port = core.port(command.inModifier & 0xff);
        if (command.opcodeModifier != IB_FORM) {
            return CmdStatus.BAD_OP;
        }
        if (port == null) {
            return CmdStatus.BAD_PARAM;
        }
        MemorySegment m = command.in;
        if (SetPort.SET_VL_CAP.isSet(m, 0) && SetPort.VL_CAP.get(m, 0) > MAX_VLS) {
            return CmdStatus.BAD_SIZE;
        }
        if (SetPort.SET_MTU_CAP.isSet(m, 0) && SetPort.MTU_CAP.get(m, 0) > MAX_MTU_CODE) {
            return CmdStatus.BAD_PARAM;
        }
        if (SetPort.RESET_QKEY_VIOLATIONS.isSet(m, 0)) {
            port.qKeyViolations = 0;
        }
        int before = port.capabilityMask;
        port.capabilityMask = SetPort.RESET_CAPABILITY_MASK.isSet(m, 0)
                ? HcaPort.DEFAULT_CAPABILITY_MASK
                : SetPort.CAPABILITY_MASK.get(m, 0);
        if (port.capabilityMask != before) {
            port.traps.capabilityChanged();
        }
        return CmdStatus.OK;
    }

    private CmdStatus setNode(Command command) {
        core.management.setNodeDescription(command.in);
        for (HcaPort port : core.ports) {
            port.traps.nodeDescriptionChanged();
        }
        return CmdStatus.OK;
    }

    private CmdStatus madIfc(Command command) {
        HcaPort port = core.port(MadIfc.PORT.of(command.inModifier));
        if (port == null) {
            return CmdStatus.BAD_PARAM;
        }
        boolean ignoresMKey = (command.opcodeModifier & MadIfc.IGNORE_MKEY) != 0;
        boolean isAnswered = core.management.process(command.in, port, ignoresMKey);
        if (!isAnswered && Mad.METHOD.get(command.in, 0) != Mad.METHOD_TRAP_REPRESS) { // which has no answer
            return CmdStatus.BAD_PKT;
        }
        command.answer(command.in, Mad.SIZE_BYTES, 0);
        return CmdStatus.OK;
    }
}
