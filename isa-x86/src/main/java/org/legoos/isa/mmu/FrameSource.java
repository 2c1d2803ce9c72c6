package org.legoos.isa.mmu;

/** Where page tables get their 4 KiB frames from. */
public interface FrameSource {
    /** The guestPa of a zeroed page, or 0 when there is none left. */
    long allocFrame();

    void freeFrame(long framePa);
}
