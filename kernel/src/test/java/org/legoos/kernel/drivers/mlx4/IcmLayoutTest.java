package org.legoos.kernel.drivers.mlx4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.legoos.kernel.ib.IbException;

class IcmLayoutTest {
    /** QUERY_DEV_CAP output of a one-port card, from offset 0x10. */
    static final String DEV_CAP = "0e0e0618 60180004 00160718 16180207 4028041e 00000000 00070004 00000016"
            + "00000000 000f5301 1e000007 ffff0007 00000000 0037034f 1002000c 00000000"
            + "003e03f0 00200200 00000000 00000000 00080018 40170010 00000000 00000000"
            + "00000000 00000000 00000000 00000000 00200100 00400040 00400040 00400040"
            + "00080040 00000cc0 00000500 00000000 00001000 00000000 00000000 00000000";

    static DeviceCaps caps() {
        MemorySegment box = Hex.memory(0x100);
        MemorySegment bytes = Hex.bytes(DEV_CAP);
        MemorySegment.copy(bytes, 0, box, 0x10, Math.min(bytes.byteSize(), 0xf0));
        return DeviceCaps.of(box, 0);
    }

    @Test
    void capabilitiesOfTheDocumentedCard() {
        DeviceCaps caps = caps();
        assertThat(caps.reservedQps()).isEqualTo(64);
        assertThat(caps.reservedCqs()).isEqualTo(128);
        assertThat(caps.reservedEqs()).as("4 EQs a reserved UAR, 2 UARs").isEqualTo(8);
        assertThat(caps.uarAreaBytes()).isEqualTo(4L << 20);
        assertThat(caps.maxIcmBytes()).isEqualTo(0x0000_1000_0000_0000L);
        assertThat(caps.portCount()).isEqualTo(1);
        assertThat(caps.maxSendDescriptorBytes()).isEqualTo(1008);
        assertThat(caps.entries().qpc()).isEqualTo(256);
        assertThat(caps.entries().mtt()).isEqualTo(8);
    }

    @Test
    void tablesAreAlignedToTheirSizeAndDoNotOverlap() {
        DeviceCaps caps = caps();
        IcmLayout layout = new IcmLayout(Profile.forNode(caps), caps);
        List<IcmLayout.Region> regions = new ArrayList<>();
        layout.regions().forEach(regions::add);
        for (IcmLayout.Region region : regions) {
            assertThat(region.icmAddress() % region.sizeBytes()).as(region.toString()).isZero();
            assertThat(region.icmAddress() + region.sizeBytes()).isLessThanOrEqualTo(layout.totalBytes());
            for (IcmLayout.Region other : regions) {
                boolean isApart = region.icmAddress() >= other.icmAddress() + other.sizeBytes()
                        || other.icmAddress() >= region.icmAddress() + region.sizeBytes();
                assertThat(isApart || region == other).as("%s and %s", region, other).isTrue();
            }
        }
        assertThat(regions.stream().mapToLong(IcmLayout.Region::sizeBytes).sum()).as("modest").isLessThan(3L << 20);
    }

    @Test
    void aCardWithTooLittleContextSpaceIsRefused() {
        DeviceCaps caps = caps();
        DeviceCaps small = new DeviceCaps(caps.reservedQps(), caps.reservedSrqs(), caps.reservedCqs(), caps.reservedEqs(),
                caps.reservedMpts(), caps.reservedMtts(), caps.reservedPds(), caps.maxPds(), caps.maxQpWqes(), caps.maxCqes(),
                caps.maxSendSge(), caps.maxReceiveSge(), caps.maxSendDescriptorBytes(), caps.logMaxMessage(), 1,
                caps.uarAreaBytes(), 1 << 20, 12, 0, 0, caps.flags(), caps.entries());
        assertThatThrownBy(() -> new IcmLayout(Profile.forNode(small), small)).isInstanceOf(IbException.class)
                .hasMessageContaining("0x100000");
    }
}
