package org.legoos.kernel.drivers.mlx4;

import java.lang.foreign.MemorySegment;
import org.legoos.kernel.drivers.mlx4.IcmLayout.Table;
import org.legoos.mlx4.prm.InitHca;
import org.legoos.mlx4.prm.Uar;

/** Fills the input of INIT_HCA: where the tables are and how long (mlx4_INIT_HCA). */
final class InitHcaMailbox {
    private static final int VERSION = 2;
    private static final int CACHE_LINE_64_BYTES = (6 - 4 << 5) + 0x10;

    private InitHcaMailbox() {}

    static void fill(Command command, IcmLayout layout, Profile profile, DeviceCaps caps) {
        command.clearInput(InitHca.SIZE_BYTES);
        fill(command.memory(), command.inputPa(), layout, profile, caps);
    }

    static void fill(MemorySegment box, long at, IcmLayout layout, Profile profile, DeviceCaps caps) {
        InitHca.VERSION.set(box, at, VERSION);
        InitHca.CACHE_LINE.set(box, at, CACHE_LINE_64_BYTES);
        InitHca.CHECK_AV_PORT.set(box, at, caps.checksAvPort() ? 1 : 0);
        InitHca.QPC_BASE.set(box, at, layout.base(Table.QPC));
        InitHca.LOG_QPS.set(box, at, profile.logQps());
        InitHca.SRQC_BASE.set(box, at, layout.base(Table.SRQC));
        InitHca.LOG_SRQS.set(box, at, profile.logSrqs());
        InitHca.CQC_BASE.set(box, at, layout.base(Table.CQC));
        InitHca.LOG_CQS.set(box, at, profile.logCqs());
        InitHca.ALTC_BASE.set(box, at, layout.base(Table.ALTC));
        InitHca.AUXC_BASE.set(box, at, layout.base(Table.AUXC));
        InitHca.EQC_BASE.set(box, at, layout.base(Table.EQC));
        InitHca.LOG_EQS.set(box, at, profile.logEqs());
        InitHca.RDMARC_BASE.set(box, at, layout.base(Table.RDMARC));
        InitHca.LOG_RDMARC.set(box, at, profile.logRdmarcPerQp());
        InitHca.MC_BASE.set(box, at, layout.base(Table.MCG));
        InitHca.LOG_MC_ENTRY_SZ.set(box, at, Profile.LOG_MCG_ENTRY_BYTES);
        InitHca.LOG_MC_HASH_SZ.set(box, at, profile.logMcgs() - 1);
        InitHca.LOG_MC_TABLE_SZ.set(box, at, profile.logMcgs());
        InitHca.DMPT_BASE.set(box, at, layout.base(Table.DMPT));
        InitHca.LOG_MPTS.set(box, at, profile.logMpts());
        InitHca.MTT_BASE.set(box, at, layout.base(Table.MTT));
        InitHca.CMPT_BASE.set(box, at, layout.base(Table.CMPT_QP));
        InitHca.LOG_UARS.set(box, at, Long.numberOfTrailingZeros(caps.uarAreaBytes() >>> Uar.PAGE_SHIFT));
        InitHca.UAR_PAGE_SZ.set(box, at, 0);
    }
}
