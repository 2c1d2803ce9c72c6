package org.legoos.mlx4.fabric;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.sa.Notice;

/** Traps at the master subnet manager (IBA 13.4.9): answered with TrapRepress, told to who subscribed, and looked into. */
final class Traps {
    private Traps() {}

    static void take(SubnetHost host, SubnetAdministrator administrator, byte[] mad, int slid) {
        MemorySegment m = MemorySegment.ofArray(mad);
        if (Mad.ATTRIBUTE_ID.get(m, 0) != Mad.ATTR_NOTICE) {
            return;
        }
        byte[] repress = mad.clone();
        Mad.METHOD.set(MemorySegment.ofArray(repress), 0, Mad.METHOD_TRAP_REPRESS);
        host.sendSubnet(repress, slid);
        EndPort issuer = host.view().byLid(slid);
        if (issuer == null) {
            return;
        }
        byte[] notice = Arrays.copyOf(Arrays.copyOfRange(mad, Mad.DATA, Mad.DATA + Mad.SMP_DATA_BYTES), Notice.SIZE_BYTES);
        Notice.ISSUER_LID.set(MemorySegment.ofArray(notice), 0, slid);
        issuer.gid().put(notice, Notice.ISSUER_GID);
        administrator.forward(notice);
        host.noteChange();
    }
}
