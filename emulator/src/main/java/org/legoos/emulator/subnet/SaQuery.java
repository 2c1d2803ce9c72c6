package org.legoos.emulator.subnet;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.legoos.mlx4.fabric.Fabric;
import org.legoos.mlx4.fabric.ManagementPort;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.mad.Component;
import org.legoos.mlx4.prm.mad.Gid;
import org.legoos.mlx4.prm.mad.RecordLayout;
import org.legoos.mlx4.prm.mad.SaMad;
import org.legoos.mlx4.sa.RmppReceiver;

/** A table of subnet administration, asked for as any host does, from a port of its own; whole, however long. */
public final class SaQuery {
    private static final long NODE_GUID = 0x0002_c903_00fd_0000L;
    private static final long ANSWER_S = 10;
    private static final int QP1 = 1;
    private static final int LONGEST_NUMBER_BITS = 64;

    private SaQuery() {}

    /**
     * The records that match, as text.
     *
     * @param components names and values that the records shall have: {@code LID=2}, {@code DGID=fe80000000000000:0002c90300000011}
     * @throws IllegalArgumentException for the user: no such component, no such value, or the answer is an error
     */
    public static List<String> of(Fabric fabric, RecordLayout layout, List<String> components) throws InterruptedException {
        BlockingQueue<byte[]> arrived = new LinkedBlockingQueue<>();
        ManagementPort port = new ManagementPort("lego saquery", NODE_GUID, (mad, slid, dlid, from, to) -> arrived.add(mad));
        fabric.attach(port.port());
        port.port().setEnabled(true);
        try {
            byte[] request = request(layout, components);
            RmppReceiver table = new RmppReceiver();
            port.send(request, port.port().smLid(), QP1, QP1);
            while (!table.isComplete()) {
                byte[] next = arrived.poll(ANSWER_S, TimeUnit.SECONDS);
                if (next == null) {
                    throw new IllegalArgumentException("no answer from subnet administration");
                }
                byte[] acknowledgement = table.accept(next);
                if (acknowledgement != null) {
                    port.send(acknowledgement, port.port().smLid(), QP1, QP1);
                }
            }
            return lines(layout, table);
        } finally {
            port.close();
        }
    }

    private static byte[] request(RecordLayout layout, List<String> components) {
        byte[] mad = LocalSmp.get(SaMad.CLASS_SUBN_ADM, layout.attributeId(), 0);
        MemorySegment m = MemorySegment.ofArray(mad);
        Mad.CLASS_VERSION.set(m, 0, SaMad.CLASS_VERSION);
        Mad.METHOD.set(m, 0, SaMad.METHOD_GET_TABLE);
        Mad.TRANSACTION_ID.set(m, 0, 1);
        SaMad.SM_KEY.set(m, 0, 1);
        long mask = 0;
        for (String each : components) {
            int equals = each.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(each + ": expected COMPONENT=VALUE");
            }
            Component component = layout.component(each.substring(0, equals));
            put(component, each.substring(equals + 1), mad);
            mask |= component.mask();
        }
        SaMad.COMPONENT_MASK.set(m, 0, mask);
        return mad;
    }

    private static void put(Component component, String value, byte[] mad) {
        try {
            if (component.widthBits() <= LONGEST_NUMBER_BITS) {
                long number = value.startsWith("0x") ? Long.parseUnsignedLong(value, 2, value.length(), 16) : Long.parseUnsignedLong(value);
                component.set(mad, SaMad.DATA, number);
            } else {
                String[] halves = value.split(":", 2);
                new Gid(Long.parseUnsignedLong(halves[0], 16), Long.parseUnsignedLong(halves.length < 2 ? "" : halves[1], 16))
                        .put(mad, SaMad.DATA + component.byteOffset());
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(component + "=" + value + ": expected a number, or a GID as two hexadecimal halves", e);
        }
    }

    private static List<String> lines(RecordLayout layout, RmppReceiver table) {
        MemorySegment head = MemorySegment.ofArray(table.head());
        int status = Mad.STATUS.get(head, 0);
        if (status != 0) {
            throw new IllegalArgumentException(String.format("%s: status 0x%04x", layout, status));
        }
        int stride = SaMad.ATTRIBUTE_OFFSET.get(head, 0) * Long.BYTES;
        byte[] data = table.data();
        List<String> lines = new ArrayList<>();
        for (int at = 0; stride > 0 && at + layout.sizeBytes() <= data.length; at += stride) {
            lines.add(layout + ":");
            for (Component each : layout.components()) {
                if (!each.name().startsWith("reserved")) {
                    lines.add(String.format("  %-32s %s", each.name(), text(each, data, at)));
                }
            }
        }
        return lines;
    }

    private static String text(Component component, byte[] data, int at) {
        int from = at + component.byteOffset();
        int bytes = component.widthBits() / Byte.SIZE;
        if (component.name().equals("NodeDescription") || component.name().equals("ServiceName")) {
            return new String(data, from, bytes, java.nio.charset.StandardCharsets.UTF_8).replaceAll("\0.*", "");
        }
        if (component.widthBits() == Gid.SIZE_BYTES * Byte.SIZE) {
            return Gid.at(data, from).toString();
        }
        if (component.widthBits() > LONGEST_NUMBER_BITS) {
            return java.util.HexFormat.of().formatHex(data, from, from + bytes);
        }
        long value = component.get(data, at);
        boolean isLong = component.widthBits() > Short.SIZE || component.name().endsWith("_Key");
        return isLong ? "0x" + Long.toHexString(value) : Long.toString(value);
    }
}
