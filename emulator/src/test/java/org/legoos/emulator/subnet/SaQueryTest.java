package org.legoos.emulator.subnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.legoos.isa.time.VirtualClock;
import org.legoos.mlx4.fabric.Fabric;
import org.legoos.mlx4.fabric.ManagementPort;
import org.legoos.mlx4.prm.mad.Records;

/** Tables as text. */
class SaQueryTest {
    private final Fabric fabric = Fabric.ofOneSwitch(new VirtualClock(), 12);

    private ManagementPort card(int number) {
        ManagementPort card = new ManagementPort("card" + number, 0x1000 + 0x10 * number, (mad, slid, dlid, from, to) -> { });
        fabric.attach(card.port());
        card.port().setEnabled(true);
        return card;
    }

    @Test
    void aLongTableComesWhole() throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            card(i);
        }
        List<String> lines = SaQuery.of(fabric, Records.NODE, List.of());
        assertThat(lines).filteredOn("NodeRecord:"::equals).hasSize(12);
        assertThat(lines).anyMatch(line -> line.matches(" +NodeDescription +card7")).anyMatch(line -> line.contains("switch0"));
    }

    @Test
    void componentsPickRecordsByNumberAndGid() throws InterruptedException {
        ManagementPort one = card(1);
        card(2);
        assertThat(SaQuery.of(fabric, Records.NODE, List.of("LID=" + one.port().lid()))).filteredOn("NodeRecord:"::equals).hasSize(1);
        assertThat(SaQuery.of(fabric, Records.PATH, List.of("SGID=fe80000000000000:0000000000001011", "DGID=fe80000000000000:0000000000001021")))
                .filteredOn("PathRecord:"::equals).hasSize(1);
    }

    @Test
    void whatCannotBeAskedIsSaid() {
        assertThatThrownBy(() -> SaQuery.of(fabric, Records.NODE, List.of("Nose=1"))).hasMessageContaining("no component Nose");
        assertThatThrownBy(() -> SaQuery.of(fabric, Records.NODE, List.of("LID"))).hasMessageContaining("COMPONENT=VALUE");
        assertThatThrownBy(() -> SaQuery.of(fabric, Records.NODE, List.of("LID=x"))).hasMessageContaining("expected a number");
    }
}
