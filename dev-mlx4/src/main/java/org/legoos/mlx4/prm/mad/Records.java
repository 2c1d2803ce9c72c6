package org.legoos.mlx4.prm.mad;

import java.util.List;

/** The records of subnet administration (IBA 15.2.5), components in the order of their bits in the component mask. */
public final class Records {
    public static final RecordLayout NODE = RecordLayout.of("NodeRecord", 0x11)
            .then("LID", 16).then("reserved", 16)
            .then("BaseVersion", 8).then("ClassVersion", 8).then("NodeType", 8).then("NumPorts", 8)
            .then("SystemImageGUID", 64).then("NodeGUID", 64).then("PortGUID", 64)
            .then("PartitionCap", 16).then("DeviceID", 16).then("Revision", 32).then("LocalPortNum", 8).then("VendorID", 24)
            .then("NodeDescription", 512);

    public static final RecordLayout PORT_INFO = RecordLayout.of("PortInfoRecord", 0x12)
            .then("EndPortLID", 16).then("PortNum", 8).then("Options", 8)
            .then("M_Key", 64).then("GidPrefix", 64).then("LID", 16).then("MasterSMLID", 16).then("CapabilityMask", 32)
            .then("DiagCode", 16).then("M_KeyLeasePeriod", 16).then("LocalPortNum", 8)
            .then("LinkWidthEnabled", 8).then("LinkWidthSupported", 8).then("LinkWidthActive", 8)
            .then("LinkSpeedSupported", 4).then("PortState", 4).then("PortPhysicalState", 4).then("LinkDownDefaultState", 4)
            .then("M_KeyProtectBits", 2).then("reserved", 3).then("LMC", 3)
            .then("LinkSpeedActive", 4).then("LinkSpeedEnabled", 4).then("NeighborMTU", 4).then("MasterSMSL", 4)
            .then("VLCap", 4).then("InitType", 4).then("VLHighLimit", 8).then("VLArbHighCap", 8).then("VLArbLowCap", 8)
            .then("InitTypeReply", 4).then("MTUCap", 4).then("VLStallCount", 3).then("HOQLife", 5)
            .then("OperationalVLs", 4).then("PartitionEnforcementInbound", 1).then("PartitionEnforcementOutbound", 1)
            .then("FilterRawInbound", 1).then("FilterRawOutbound", 1)
            .then("M_KeyViolations", 16).then("P_KeyViolations", 16).then("Q_KeyViolations", 16)
            .then("GUIDCap", 8).then("ClientReregister", 1).gap(2).then("SubnetTimeOut", 5).gap(3).then("RespTimeValue", 5)
            .then("LocalPhyErrors", 4).then("OverrunErrors", 4).then("MaxCreditHint", 16)
            .gap(8).then("LinkRoundTripLatency", 24).gap(32);

    public static final RecordLayout SL_TO_VL = RecordLayout.of("SLtoVLMappingTableRecord", 0x13)
            .then("LID", 16).then("InputPortNum", 8).then("OutputPortNum", 8).then("reserved", 32).then("Table", 64);

    public static final RecordLayout SWITCH_INFO = RecordLayout.of("SwitchInfoRecord", 0x14)
            .then("LID", 16).then("reserved", 16)
            .then("LinearFDBCap", 16).then("RandomFDBCap", 16).then("MulticastFDBCap", 16).then("LinearFDBTop", 16)
            .then("DefaultPort", 8).then("DefaultMulticastPrimaryPort", 8).then("DefaultMulticastNotPrimaryPort", 8)
            .then("LifeTimeValue", 5).then("PortStateChange", 1).gap(2)
            .then("LIDsPerPort", 16).then("PartitionEnforcementCap", 16).then("Flags", 8).gap(8).then("MulticastFDBTop", 16);

    public static final RecordLayout LINEAR_FORWARDING = RecordLayout.of("LinearForwardingTableRecord", 0x15)
            .then("LID", 16).then("BlockNum", 16).then("reserved", 32).then("Table", 512);

    public static final RecordLayout MULTICAST_FORWARDING = RecordLayout.of("MulticastForwardingTableRecord", 0x17)
            .then("LID", 16).then("Position", 4).then("reserved", 3).then("BlockNum", 9).then("reserved2", 32).then("Table", 512);

    public static final RecordLayout SM_INFO = RecordLayout.of("SMInfoRecord", 0x18)
            .then("LID", 16).then("reserved", 16).then("GUID", 64).then("SM_Key", 64).then("ActCount", 32)
            .then("Priority", 4).then("SMState", 4).gap(24);

    public static final RecordLayout LINK = RecordLayout.of("LinkRecord", 0x20)
            .then("FromLID", 16).then("FromPort", 8).then("ToPort", 8).then("ToLID", 16).gap(16);

    public static final RecordLayout GUID_INFO = RecordLayout.of("GUIDInfoRecord", 0x30)
            .then("LID", 16).then("BlockNum", 8).then("reserved", 8).then("reserved2", 32).times(8, "GUID", 64);

    public static final RecordLayout SERVICE = RecordLayout.of("ServiceRecord", 0x31)
            .then("ServiceID", 64).then("ServiceGID", 128).then("ServiceP_Key", 16).then("reserved", 16)
            .then("ServiceLease", 32).then("ServiceKey", 128).then("ServiceName", 512)
            .times(16, "ServiceData8.", 8).times(8, "ServiceData16.", 16).times(4, "ServiceData32.", 32).times(2, "ServiceData64.", 64);

    public static final RecordLayout P_KEY_TABLE = RecordLayout.of("P_KeyTableRecord", 0x33)
            .then("LID", 16).then("BlockNum", 16).then("PortNum", 8).gap(24).gap(512);

    public static final RecordLayout PATH = RecordLayout.of("PathRecord", 0x35)
            .then("ServiceID.high", 32).then("ServiceID.low", 32).then("DGID", 128).then("SGID", 128).then("DLID", 16).then("SLID", 16)
            .then("RawTraffic", 1).then("reserved", 3).then("FlowLabel", 20).then("HopLimit", 8).then("TClass", 8)
            .then("Reversible", 1).then("NumbPath", 7).then("P_Key", 16).then("QosClass", 12).then("SL", 4)
            .then("MtuSelector", 2).then("Mtu", 6).then("RateSelector", 2).then("Rate", 6)
            .then("PacketLifeTimeSelector", 2).then("PacketLifeTime", 6).then("Preference", 8).gap(48);

    public static final RecordLayout VL_ARBITRATION = RecordLayout.of("VLArbitrationTableRecord", 0x36)
            .then("LID", 16).then("OutputPortNum", 8).then("BlockNum", 8).then("reserved", 32).then("Table", 512);

    public static final RecordLayout MC_MEMBER = RecordLayout.of("MCMemberRecord", 0x38)
            .then("MGID", 128).then("PortGID", 128).then("Q_Key", 32).then("MLID", 16)
            .then("MtuSelector", 2).then("Mtu", 6).then("TClass", 8).then("P_Key", 16).then("RateSelector", 2).then("Rate", 6)
            .then("PacketLifeTimeSelector", 2).then("PacketLifeTime", 6).then("SL", 4).then("FlowLabel", 20).then("HopLimit", 8)
            .then("Scope", 4).then("JoinState", 4).then("ProxyJoin", 1).gap(23);

    /** The attribute itself; {@link #INFORM_INFO_RECORD} tells who has subscribed to it. */
    public static final RecordLayout INFORM_INFO = RecordLayout.of("InformInfo", 0x03)
            .then("GID", 128).then("LIDRangeBegin", 16).then("LIDRangeEnd", 16).then("reserved", 16)
            .then("IsGeneric", 8).then("Subscribe", 8).then("Type", 16).then("TrapNumber", 16).then("QPN", 24)
            .gap(3).then("RespTimeValue", 5).gap(8).then("ProducerType", 24);

    public static final RecordLayout INFORM_INFO_RECORD = RecordLayout.of("InformInfoRecord", 0xf3)
            .then("SubscriberGID", 128).then("Enum", 16).then("reserved", 48).then("InformInfo", 288).gap(32);

    /** All that {@code Get} and {@code GetTable} know. */
    public static final List<RecordLayout> ALL = List.of(NODE, PORT_INFO, SL_TO_VL, SWITCH_INFO, LINEAR_FORWARDING, MULTICAST_FORWARDING,
            SM_INFO, LINK, GUID_INFO, SERVICE, P_KEY_TABLE, PATH, VL_ARBITRATION, MC_MEMBER, INFORM_INFO_RECORD);

    private Records() {}

    /** The layout of an attribute, or null. */
    public static RecordLayout of(int attributeId) {
        for (RecordLayout each : ALL) {
            if (each.attributeId() == attributeId) {
                return each;
            }
        }
        return null;
    }
}
