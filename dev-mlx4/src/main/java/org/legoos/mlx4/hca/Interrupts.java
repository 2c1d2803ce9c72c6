package org.legoos.mlx4.hca;

import org.legoos.isa.pci.MsixTable;
import org.legoos.isa.pci.PciConfigSpace;

/**
 * The way out for the card's interrupts: a vector of MSI-X, or, while software has not enabled that, the interrupt pin,
 * which stays asserted until software writes clr_int. Any thread.
 */
final class Interrupts {
    /** QUERY_ADAPTER: the card's bit in the 64-bit clr_int register, whose low word comes second. */
    static final int INTA_PIN = 0;

    private final MsixTable msix;
    private final PciConfigSpace config;

    Interrupts(MsixTable msix, PciConfigSpace config) {
        this.msix = msix;
        this.config = config;
    }

    /** A table that is kept elsewhere may be in use although our registers do not say so: it gets its vector anyway. */
    void raise(int vector) {
        msix.raise(vector);
        if (!msix.isEnabled()) {
            config.setInterrupt(true);
        }
    }

    /** The low word of clr_int was written. */
    void clear(int word) {
        if ((word >>> INTA_PIN & 1) != 0) {
            config.setInterrupt(false);
        }
    }

    void reset() {
        config.setInterrupt(false);
    }
}
