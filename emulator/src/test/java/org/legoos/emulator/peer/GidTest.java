package org.legoos.emulator.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** GIDs in the text that inet_ntop(3) gives them. */
class GidTest {
    private static Gid of(String hex) {
        return new Gid(HexFormat.of().parseHex(hex));
    }

    @Test
    void textIsTheShortestIpv6() throws Exception {
        assertThat(Gid.NONE).hasToString("::");
        assertThat(Gid.ofPort(0x0002_c903_00a0_0001L)).hasToString("fe80::2:c903:a0:1");
        assertThat(Gid.mapped(InetAddress.getByName("10.1.2.3"))).hasToString("::ffff:10.1.2.3");
        assertThat(of("00010000000000000000000000000000")).hasToString("1::");
        assertThat(of("20010db8000000010000000000000001")).hasToString("2001:db8:0:1::1");
        assertThat(of("00010002000300040005000600070008")).hasToString("1:2:3:4:5:6:7:8");
        assertThat(of("00010000000300040005000600070008")).hasToString("1:0:3:4:5:6:7:8");
    }

    @Test
    void anAddressInItIsFound() throws Exception {
        assertThat(Gid.mapped(InetAddress.getByName("10.1.2.3")).ip()).isEqualTo(InetAddress.getByName("10.1.2.3"));
        assertThat(Gid.ofPort(1).ip()).isNull();
    }
}
