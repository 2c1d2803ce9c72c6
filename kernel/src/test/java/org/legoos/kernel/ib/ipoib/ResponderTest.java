package org.legoos.kernel.ib.ipoib;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.legoos.mlx4.prm.mad.Gid;

/** Frames as Linux 6.12's ib_ipoib sent them (captured), and broken ones. */
class ResponderTest {
    private static final int OWN_IP = 0x0a000009;
    private static final LinkAddress OWN = new LinkAddress(0x48, Gid.ofPort(0x0002c90300001011L));
    private static final String WHO_HAS = "08060000" + "0020080014040001" + "80000208fe800000000000000002c90300a00001" + "0a000001"
            + "0000000000000000000000000000000000000000" + "0a000009";
    private static final String IS_AT = "08060000" + "0020080014040002" + "00000048fe800000000000000002c90300001011" + "0a000009"
            + "00000208fe800000000000000002c90300a00001" + "0a000001";
    private static final String ECHO = "08000000" + "45000054a8e9400040017db60a0000010a000009" + "0800357300b60000bdd40402" + "00".repeat(52);

    private final Responder responder = new Responder(OWN_IP);

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @Test
    void whoHasOurAddressIsTold() {
        byte[] request = bytes(WHO_HAS);
        assertThat(Responder.isArp(request, request.length)).isTrue();
        assertThat(responder.isForUs(request)).isTrue();
        assertThat(Responder.senderIp(request)).isEqualTo(0x0a000001);
        assertThat(Responder.senderLink(request).qpn()).isEqualTo(0x208);
        assertThat(responder.arpReply(request, OWN)).asHexString().isEqualToIgnoringCase(IS_AT);
        assertThat(new Responder(OWN_IP + 1).isForUs(request)).isFalse();
        assertThat(responder.isForUs(bytes(IS_AT))).as("an answer is no question").isFalse();
    }

    @Test
    void weAskAsLinuxDoes() {
        byte[] asked = new Responder(0x0a000001).arpRequest(new LinkAddress(0x208, Gid.ofPort(0x0002c90300a00001L)), OWN_IP);
        assertThat(asked).asHexString().isEqualToIgnoringCase(WHO_HAS.replace("80000208", "00000208")); // Linux offers connected mode
    }

    @Test
    void pingIsAnswered() {
        byte[] echo = bytes(ECHO);
        byte[] reply = responder.echoReply(echo, echo.length);
        assertThat(reply).hasSameSizeAs(echo);
        assertThat(InternetChecksum.of(reply, 4, 20, 0)).isZero();
        assertThat(InternetChecksum.of(reply, 24, reply.length - 24, 0)).isZero();
        assertThat(HexFormat.of().formatHex(reply, 16, 28)).isEqualTo("0a0000090a00000100003d73");
        assertThat(new Responder(OWN_IP + 1).echoReply(echo, echo.length)).isNull();
    }

    @Test
    void brokenFramesAreNotAnswered() {
        byte[] echo = bytes(ECHO);
        for (int length = 0; length < echo.length; length++) {
            assertThat(responder.echoReply(echo, length)).isNull();
        }
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 20_000; i++) {
            byte[] frame = bytes(random.nextBoolean() ? ECHO : WHO_HAS);
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt();
            }
            int length = random.nextInt(frame.length + 1);
            byte[] reply = responder.echoReply(frame, length);
            assertThat(reply == null || reply.length <= length).isTrue();
            if (Responder.isArp(frame, length) && responder.isForUs(frame)) {
                assertThat(responder.arpReply(frame, OWN)).hasSize(60);
            }
        }
    }
}
