package org.legoos.mlx4.fabric;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.mad.Gid;
import org.legoos.mlx4.prm.mad.RecordLayout;
import org.legoos.mlx4.prm.mad.Records;
import org.legoos.mlx4.prm.mad.SaMad;
import org.legoos.mlx4.sa.RmppReceiver;

/** A host on a fabric that asks subnet administration; on one thread, so that answers are there when the request returns. */
final class SaTester {
    final ManagementPort port;
    final List<byte[]> arrived = new ArrayList<>();
    final List<byte[]> smps = new ArrayList<>();
    boolean acknowledges = true;
    private long transactions;
    private RmppReceiver receiver;

    SaTester(String name, long guid) {
        port = new ManagementPort(name, guid, (mad, slid, dlid, from, to) -> {
            if (to == ManagementPacket.QP0) {
                smps.add(mad);
                return;
            }
            arrived.add(mad);
            byte[] ack = receiver == null ? null : receiver.accept(mad);
            if (ack != null && acknowledges) {
                send(ack);
            }
        });
        port.port().setEnabled(true);
    }

    Gid gid() {
        return Gid.ofPort(port.port().guid());
    }

    int lid() {
        return port.port().lid();
    }

    void send(byte[] mad) {
        port.send(mad, port.port().smLid(), ManagementPacket.QP1, ManagementPacket.QP1);
    }

    /** A request: component names and values (numbers or GIDs) in turn. */
    static byte[] request(int method, RecordLayout layout, Object... components) {
        byte[] mad = new byte[Mad.SIZE_BYTES];
        MemorySegment m = MemorySegment.ofArray(mad);
        Mad.BASE_VERSION.set(m, 0, 1);
        Mad.MGMT_CLASS.set(m, 0, SaMad.CLASS_SUBN_ADM);
        Mad.CLASS_VERSION.set(m, 0, SaMad.CLASS_VERSION);
        Mad.METHOD.set(m, 0, method);
        Mad.ATTRIBUTE_ID.set(m, 0, layout.attributeId());
        long mask = 0;
        for (int i = 0; i < components.length; i += 2) {
            var component = layout.component((String) components[i]);
            mask |= component.mask();
            if (components[i + 1] instanceof Gid gid) {
                gid.put(mad, SaMad.DATA + component.byteOffset());
            } else {
                component.set(mad, SaMad.DATA, ((Number) components[i + 1]).longValue());
            }
        }
        SaMad.COMPONENT_MASK.set(m, 0, mask);
        return mad;
    }

    /** Sends a request and gives the response, or null. */
    byte[] ask(byte[] mad) {
        Mad.TRANSACTION_ID.set(MemorySegment.ofArray(mad), 0, ++transactions);
        receiver = new RmppReceiver();
        arrived.clear();
        send(mad);
        return arrived.isEmpty() ? null : arrived.getFirst();
    }

    static int status(byte[] mad) {
        return Mad.STATUS.get(MemorySegment.ofArray(mad), 0);
    }

    /** A table, put together from its segments. */
    List<byte[]> table(RecordLayout layout, Object... components) {
        return table(request(SaMad.METHOD_GET_TABLE, layout, components));
    }

    List<byte[]> table(byte[] mad) {
        ask(mad);
        if (!receiver.isComplete() || status(receiver.head()) != 0) {
            throw new AssertionError("no table: " + (receiver.isComplete() ? status(receiver.head()) : "incomplete"));
        }
        RecordLayout layout = Records.of(Mad.ATTRIBUTE_ID.get(MemorySegment.ofArray(mad), 0));
        int stride = SaMad.ATTRIBUTE_OFFSET.get(MemorySegment.ofArray(receiver.head()), 0) * Long.BYTES;
        List<byte[]> records = new ArrayList<>();
        byte[] data = receiver.data();
        for (int at = 0; at + layout.sizeBytes() <= data.length; at += stride) {
            records.add(Arrays.copyOfRange(data, at, at + layout.sizeBytes()));
        }
        return records;
    }

    boolean hasWholeTable() {
        return receiver.isComplete();
    }

    static byte[] record(byte[] mad) {
        return Arrays.copyOfRange(mad, SaMad.DATA, mad.length);
    }
}
