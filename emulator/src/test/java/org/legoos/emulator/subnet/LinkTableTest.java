package org.legoos.emulator.subnet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.legoos.isa.time.VirtualClock;
import org.legoos.mlx4.fabric.Fabric;
import org.legoos.mlx4.fabric.ManagementPort;
import org.legoos.mlx4.fabric.Switch;

/** The table of a subnet with two switches, line by line. */
@Timeout(120)
class LinkTableTest {
    @Test
    void listsCardsAndSwitchesWithBothEndsOfEachLink() throws InterruptedException {
        Fabric fabric = new Fabric(new VirtualClock());
        Switch near = fabric.addSwitch("near", 3);
        Switch far = fabric.addSwitch("far", 2);
        ManagementPort card = new ManagementPort("card", 0x2000, (mad, slid, dlid, from, to) -> { });
        card.port().setEnabled(true);
        card.port().setConfiguredLid(7);
        fabric.connect(near.port(2), far.port(1));
        fabric.connect(card.port(), far.port(2));
        assertThat(LinkTable.of(fabric)).containsExactly(
                "CA: card:",
                "      0x0000000000002001      7    1[  ] ==( 4X          10.0 Gbps Active/  LinkUp)==>   49150    2[  ] \"far\" ( )",
                "Switch: 0xf4521403004b0000 near:",
                "       49151    2[  ] ==( 4X          10.0 Gbps Active/  LinkUp)==>   49150    1[  ] \"far\" ( )",
                "       49151    3[  ] ==(                Down/ Polling)==>             [  ] \"\" ( )",
                "Switch: 0xf4521403004b0001 far:",
                "       49150    1[  ] ==( 4X          10.0 Gbps Active/  LinkUp)==>   49151    2[  ] \"near\" ( )",
                "       49150    2[  ] ==( 4X          10.0 Gbps Active/  LinkUp)==>       7    1[  ] \"card\" ( )");
    }
}
