package org.legoos.mlx4.prm.mad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

/** GIDs in the texts that inet_ntop(3) and the ibv_*_pingpong programs give them. */
class GidTest {
    @Test
    void textIsTheShortestIpv6() throws Exception {
        assertThat(Gid.NONE.ipv6()).isEqualTo("::");
        assertThat(Gid.ofPort(0x0002_c903_00a0_0001L).ipv6()).isEqualTo("fe80::2:c903:a0:1");
        assertThat(Gid.mapped(InetAddress.getByName("10.1.2.3")).ipv6()).isEqualTo("::ffff:10.1.2.3");
        assertThat(Gid.ofHex("00010000000000000000000000000000").ipv6()).isEqualTo("1::");
        assertThat(Gid.ofHex("20010db8000000010000000000000001").ipv6()).isEqualTo("2001:db8:0:1::1");
        assertThat(Gid.ofHex("00010002000300040005000600070008").ipv6()).isEqualTo("1:2:3:4:5:6:7:8");
        assertThat(Gid.ofHex("00010000000300040005000600070008").ipv6()).isEqualTo("1:0:3:4:5:6:7:8");
    }

    @Test
    void anAddressInItIsFound() throws Exception {
        assertThat(Gid.mapped(InetAddress.getByName("10.1.2.3")).ip()).isEqualTo(InetAddress.getByName("10.1.2.3"));
        assertThat(Gid.ofPort(1).ip()).isNull();
        assertThatThrownBy(() -> Gid.mapped(InetAddress.getByName("::1"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hexadecimalIsReadAsItWasWritten() {
        Gid gid = new Gid(0x0123_4567_89ab_cdefL, 0xfedc_ba98_7654_3210L);
        assertThat(gid.hex()).isEqualTo("0123456789abcdeffedcba9876543210");
        assertThat(Gid.ofHex(gid.hex())).isEqualTo(gid);
        assertThatThrownBy(() -> Gid.ofHex("0123")).isInstanceOf(IllegalArgumentException.class);
    }
}
