package org.legoos.kernel.ib.mad;

import org.legoos.mlx4.prm.mad.Component;
import org.legoos.mlx4.prm.mad.Gid;
import org.legoos.mlx4.prm.mad.Records;

/**
 * A way between two ports, as subnet administration answers (PathRecord, IBA 15.2.5.16). MTU, rate and life time are codes.
 *
 * @param lifeTime of a packet: 4.096 us times 2 to this
 */
public record Path(Gid from, Gid to, int slid, int dlid, int pkey, int serviceLevel, int mtu, int rate, int lifeTime, int flowLabel,
        int hopLimit, int trafficClass) {
    static final Component DGID = Records.PATH.component("DGID");
    static final Component SGID = Records.PATH.component("SGID");
    static final Component REVERSIBLE = Records.PATH.component("Reversible");
    static final Component NUMB_PATH = Records.PATH.component("NumbPath");
    static final Component P_KEY = Records.PATH.component("P_Key");
    private static final Component DLID = Records.PATH.component("DLID");
    private static final Component SLID = Records.PATH.component("SLID");
    private static final Component SL = Records.PATH.component("SL");
    private static final Component MTU = Records.PATH.component("Mtu");
    private static final Component RATE = Records.PATH.component("Rate");
    private static final Component LIFE_TIME = Records.PATH.component("PacketLifeTime");
    private static final Component FLOW_LABEL = Records.PATH.component("FlowLabel");
    private static final Component HOP_LIMIT = Records.PATH.component("HopLimit");
    private static final Component T_CLASS = Records.PATH.component("TClass");
    private static final int MTU_CODE_MIN = 1;
    private static final int MTU_CODE_MAX = 5;
    private static final int MTU_UNIT_BYTES = 128;

    static Path of(byte[] record, int at) {
        return new Path(Gid.at(record, at + SGID.byteOffset()), Gid.at(record, at + DGID.byteOffset()), SLID.getInt(record, at),
                DLID.getInt(record, at), P_KEY.getInt(record, at), SL.getInt(record, at),
                Math.clamp(MTU.getInt(record, at), MTU_CODE_MIN, MTU_CODE_MAX), RATE.getInt(record, at), LIFE_TIME.getInt(record, at),
                FLOW_LABEL.getInt(record, at), HOP_LIMIT.getInt(record, at), T_CLASS.getInt(record, at));
    }

    public int mtuBytes() {
        return MTU_UNIT_BYTES << mtu;
    }
}
