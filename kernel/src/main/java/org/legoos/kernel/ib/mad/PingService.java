package org.legoos.kernel.ib.mad;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import org.legoos.kernel.ib.mad.MadDrops.Reason;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.mad.VendorMad;

/** OpenIB's ping (infiniband-diags' ibping): the answer to a Get carries the host's name. */
public final class PingService {
    private final MadPort port;
    private final MadAgent agent;
    private final byte[] name;

    /** Answers from now on. For the port's thread, as {@link #ping}. @param name of this host; a longer one than fits is cut */
    public PingService(MadPort port, String name) {
        this.port = port;
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        this.name = Arrays.copyOf(text, Math.min(text.length, VendorMad.DATA_BYTES - 1));
        agent = port.register(VendorMad.CLASS_PING, this::asked);
    }

    private void asked(Datagram question) {
        if (!question.isGetOrSet() || question.classVersion() != VendorMad.CLASS_VERSION) {
            port.drops().count(Reason.MALFORMED);
            return;
        }
        boolean isOurs = VendorMad.OUI.get(question.segment, 0) == VendorMad.OUI_OPENIB;
        Datagram answer = question.reply(Mad.METHOD_GET_RESP, isOurs ? 0 : Mad.STATUS_BAD_METHOD_ATTR);
        if (isOurs) {
            Arrays.fill(answer.bytes, VendorMad.DATA, answer.bytes.length, (byte) 0);
            System.arraycopy(name, 0, answer.bytes, VendorMad.DATA, name.length);
        }
        agent.send(answer);
    }

    /** Asks once. @param onEnd gets the name that the host at {@code lid} says it has, or null when it says nothing in time */
    public void ping(int lid, long timeoutNs, Consumer<String> onEnd) {
        Datagram question = Datagram.of(VendorMad.CLASS_PING, VendorMad.CLASS_VERSION, Mad.METHOD_GET, 0, lid);
        VendorMad.OUI.set(question.segment, 0, VendorMad.OUI_OPENIB);
        agent.ask(question, timeoutNs, 0, answer -> onEnd.accept(answer == null || answer.status() != 0 ? null : name(answer)));
    }

    private static String name(Datagram answer) {
        int end = VendorMad.DATA;
        while (end < answer.bytes.length && answer.bytes[end] != 0) {
            end++;
        }
        return new String(answer.bytes, VendorMad.DATA, end - VendorMad.DATA, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
    }
}
