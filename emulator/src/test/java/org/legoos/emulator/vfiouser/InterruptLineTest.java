package org.legoos.emulator.vfiouser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.legoos.isa.libc.Descriptor;

/** The interrupt pin by events: one for each time that the client unmasks it while the level is high. */
class InterruptLineTest {
    private final InterruptLine line = new InterruptLine();

    @Test
    void anEventMasksTheLineUntilTheClientUnmasksIt() throws IOException {
        int event = Descriptor.newEvent();
        line.set(true);
        line.connect(event);
        assertThat(Descriptor.takeEvent(event)).as("was high before").isEqualTo(1);
        line.set(true);
        line.set(false);
        line.set(true);
        assertThat(Descriptor.takeEvent(event)).as("masked").isZero();
        line.unmask();
        assertThat(Descriptor.takeEvent(event)).as("still high").isEqualTo(1);
        line.set(false);
        line.unmask();
        assertThat(Descriptor.takeEvent(event)).as("low").isZero();
        line.mask();
        line.set(true);
        assertThat(Descriptor.takeEvent(event)).isZero();
        line.unmask();
        assertThat(Descriptor.takeEvent(event)).isEqualTo(1);
        line.connect(Descriptor.NONE); // closes the event
        line.unmask();
        line.trigger();
    }
}
