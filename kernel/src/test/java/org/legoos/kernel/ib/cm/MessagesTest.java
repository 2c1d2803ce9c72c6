package org.legoos.kernel.ib.cm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.legoos.kernel.ib.mad.Datagram;
import org.legoos.kernel.ib.mad.MadDrops;
import org.legoos.kernel.ib.mad.TimerQueue;
import org.legoos.mlx4.prm.mad.CmMad;
import org.legoos.mlx4.prm.mad.Gid;
import org.legoos.mlx4.prm.mad.RdmaIpCm;

/** Messages as librdmacm's rping on Linux 6.12 sent them (captured), read, written and answered. */
class MessagesTest {
    /** The REQ of {@code rping -c -a 10.0.0.9} at 10.0.0.1, from the common header to the last byte that is not 0. */
    private static final String REQ = "0107020300000000000000067751c3ed0010000000000000"
            + "edc3517700000000" + "0000000001061c06" + "0002c90300a00000" + "0000000000000000"
            + "00020901" + "00000001" + "000000a0" + "8fbc7da7" + "ffff57f0" + "00020001"
            + "fe800000000000000002c90300a00001" + "fe800000000000000002c90300001011" + "00000007" + "00000898"
            + "00000000000000000000000000000000000000000000000000000000000000000000000000000000" + "00000000"
            + "00409325" + "000000000000000000000000" + "0a000001" + "000000000000000000000000" + "0a000009";
    /** Its RTU. */
    private static final String RTU = "0107020300000000000000067751c3ed0014000000000000" + "edc35177" + "521c92a2";
    /** What it was answered. */
    private static final String REP = "0107020300000000000000067751c3ed0013000000000000" + "521c92a2" + "edc35177" + "00000000"
            + "00004900" + "00000000" + "08771a00" + "010100e0" + "0002c90300001010";
    private static final int GUEST_LID = 2;

    static Datagram datagram(String hex, int lid) {
        Datagram made = new Datagram();
        byte[] bytes = HexFormat.of().parseHex(hex);
        System.arraycopy(bytes, 0, made.bytes, 0, bytes.length);
        made.lid = lid;
        return made;
    }

    private static String hex(Datagram datagram, int length) {
        return HexFormat.of().formatHex(datagram.bytes, 0, length);
    }

    @Test
    void aRequestOfLinux() {
        ConnectRequest request = ConnectRequest.read(datagram(REQ, GUEST_LID));
        assertThat(request.serviceId()).isEqualTo(RdmaIpCm.serviceId(7174));
        assertThat(request.caGuid()).isEqualTo(0x0002c90300a00000L);
        assertThat(request.isReliable()).isTrue();
        assertThat(request.qpn()).isEqualTo(0x209);
        assertThat(request.psn()).isEqualTo(0x8fbc7d);
        assertThat(request.responderResources()).isEqualTo(1);
        assertThat(request.initiatorDepth()).isEqualTo(1);
        assertThat(request.retryCount()).isEqualTo(7);
        assertThat(request.rnrRetryCount()).isEqualTo(7);
        assertThat(request.ackTimeout()).isEqualTo(19);
        assertThat(request.path().from()).isEqualTo(Gid.ofPort(0x0002c90300a00001L));
        assertThat(request.path().to()).isEqualTo(Gid.ofPort(0x0002c90300001011L));
        assertThat(request.path().slid()).isEqualTo(GUEST_LID);
        assertThat(request.path().dlid()).isEqualTo(1);
        assertThat(request.path().mtuBytes()).isEqualTo(4096);
        assertThat(request.path().pkey()).isEqualTo(0xffff);
        assertThat(RdmaIpCm.SOURCE_IPV4.get(java.lang.foreign.MemorySegment.ofArray(request.privateData()), 0)).isEqualTo(0x0a000001);
    }

    @Test
    void aRequestIsWrittenAsItIsRead() {
        Datagram captured = datagram(REQ, GUEST_LID);
        Datagram written = datagram(REQ.substring(0, 2 * 32), GUEST_LID);
        ConnectRequest.read(captured).write(written);
        CmMad.Req.REMOTE_RESPONSE_TIMEOUT.set(written.segment, 0, 20);
        CmMad.Req.LOCAL_RESPONSE_TIMEOUT.set(written.segment, 0, 20);
        CmMad.Req.MAX_CM_RETRIES.set(written.segment, 0, 15);
        assertThat(hex(written, 256)).isEqualTo(hex(captured, 256));
    }

    @Test
    void theHandshakeWithLinuxByteByByte() {
        List<Datagram> sent = new ArrayList<>();
        CmNetwork.User user = new CmNetwork.User();
        ConnectionManager manager = new ConnectionManager(sent::add, new TimerQueue(() -> 0), CmSettings.usual(), new MadDrops(), 0x521c92a0L);
        manager.listen(RdmaIpCm.serviceId(7174), (connection, request) -> connection.accept(
                new ConnectReply(0x0002c90300001010L, 0x49, 0x08771a, 1, 1, 7, new byte[0]), user));
        manager.receive(datagram(REQ, GUEST_LID));
        assertThat(sent).hasSize(1);
        assertThat(hex(sent.getFirst(), REP.length() / 2)).isEqualTo(REP);
        assertThat(sent.getFirst().lid).isEqualTo(GUEST_LID);
        manager.receive(datagram(RTU, GUEST_LID));
        assertThat(user.told).containsExactly("established");
    }
}
