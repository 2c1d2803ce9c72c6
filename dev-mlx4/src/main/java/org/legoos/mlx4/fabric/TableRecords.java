package org.legoos.mlx4.fabric;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.NodeInfo;
import org.legoos.mlx4.prm.SwitchInfo;
import org.legoos.mlx4.prm.mad.Component;
import org.legoos.mlx4.prm.mad.RecordLayout;
import org.legoos.mlx4.prm.mad.Records;

/**
 * Records that tell what the nodes' own management agents say (IBA 15.2.5.2 to 15.2.5.13): each is some keys (LID, port, block)
 * and an attribute as the node gives it.
 */
final class TableRecords {
    private static final int SMP_BYTES = Mad.SMP_DATA_BYTES;
    private static final int RECORD_HEAD = 8; // keys of most records
    private static final int SHORT_HEAD = 4; // of those of nodes and ports
    private static final int SWITCH_INFO_BYTES = 20;
    private static final int SL_TO_VL_BYTES = 8;
    private static final int ARBITRATION_BLOCKS = 4;
    private static final int MULTICAST_GROUP_OF_PORTS = 16;

    private final SubnetView view;
    private final RecordLayout layout;
    private final byte[] query;
    private final int at;
    private final long mask;
    private final List<byte[]> found = new ArrayList<>();

    private TableRecords(SubnetView view, RecordLayout layout, byte[] query, int at, long mask) {
        this.view = view;
        this.layout = layout;
        this.query = query;
        this.at = at;
        this.mask = mask;
    }

    /** All records that match the query, or null when the kind is not one of these. */
    static List<byte[]> find(SubnetView view, RecordLayout layout, byte[] query, int at, long mask) {
        TableRecords search = new TableRecords(view, layout, query, at, mask);
        Component lid = layout.components().getFirst();
        for (EndPort each : view.endPorts()) {
            boolean isWanted = !lid.isIn(mask) || each.hasLid(lid.getInt(query, at));
            if (isWanted && !search.add(each)) {
                return null;
            }
        }
        return search.found;
    }

    private boolean add(EndPort end) {
        if (layout == Records.NODE) {
            node(end);
        } else if (layout == Records.PORT_INFO) {
            ports(end);
        } else if (layout == Records.SWITCH_INFO) {
            switchInfo(end);
        } else if (layout == Records.LINK) {
            links(end);
        } else if (layout == Records.LINEAR_FORWARDING) {
            linear(end);
        } else if (layout == Records.MULTICAST_FORWARDING) {
            multicast(end);
        } else if (layout == Records.GUID_INFO) {
            guids(end);
        } else if (layout == Records.P_KEY_TABLE) {
            pKeys(end);
        } else if (layout == Records.SL_TO_VL) {
            slToVl(end);
        } else if (layout == Records.VL_ARBITRATION) {
            arbitration(end);
        } else {
            return false;
        }
        return true;
    }

    private byte[] record(EndPort end) {
        byte[] record = new byte[layout.sizeBytes()];
        layout.components().getFirst().set(record, 0, end.lid());
        return record;
    }

    private void set(byte[] record, String component, int value) {
        layout.component(component).set(record, 0, value);
    }

    /** Does the query leave that value of a key open, or ask for it? Saves asking the node for the rest. */
    private boolean asksFor(String component, int value) {
        Component key = layout.component(component);
        return !key.isIn(mask) || key.getInt(query, at) == value;
    }

    private void offer(byte[] record, byte[] attribute, int to, int length) {
        if (attribute == null) {
            return;
        }
        System.arraycopy(attribute, 0, record, to, length);
        if (layout.matches(query, at, mask, record)) {
            found.add(record);
        }
    }

    private void node(EndPort end) {
        byte[] record = record(end);
        byte[] info = end.get(Mad.ATTR_NODE_INFO, 0);
        if (info != null) {
            System.arraycopy(info, 0, record, SHORT_HEAD, NodeInfo.SIZE_BYTES);
            offer(record, end.get(Mad.ATTR_NODE_DESC, 0), SHORT_HEAD + NodeInfo.SIZE_BYTES, SMP_BYTES);
        }
    }

    private static int firstPort(EndPort end) {
        return end.isSwitch() ? 0 : end.port().number();
    }

    private static int lastPort(EndPort end) {
        return end.isSwitch() ? end.port().ofSwitch().portCount() : end.port().number();
    }

    private void ports(EndPort end) {
        for (int number = firstPort(end); number <= lastPort(end); number++) {
            if (asksFor("PortNum", number)) {
                byte[] record = record(end);
                set(record, "PortNum", number);
                offer(record, end.get(Mad.ATTR_PORT_INFO, number), SHORT_HEAD, SMP_BYTES);
            }
        }
    }

    private void switchInfo(EndPort end) {
        if (end.isSwitch()) {
            offer(record(end), end.get(Mad.ATTR_SWITCH_INFO, 0), SHORT_HEAD, SWITCH_INFO_BYTES);
        }
    }

    private void links(EndPort end) {
        for (int number = Math.max(1, firstPort(end)); number <= lastPort(end); number++) {
            Port from = end.isSwitch() ? end.port().ofSwitch().port(number) : end.port();
            Port to = from.peer();
            if (to == null || from.state() == PortState.DOWN) {
                continue;
            }
            byte[] record = record(end);
            set(record, "FromPort", number);
            set(record, "ToPort", to.number());
            set(record, "ToLID", to.ofSwitch() == null ? to.lid() : to.ofSwitch().port(0).lid());
            offer(record, new byte[0], 0, 0);
        }
    }

    private void linear(EndPort end) {
        byte[] info = end.isSwitch() ? end.get(Mad.ATTR_SWITCH_INFO, 0) : null;
        int top = info == null ? -1 : SwitchInfo.LINEAR_TOP.get(MemorySegment.ofArray(info), 0);
        for (int block = 0; block * Mad.LIDS_PER_BLOCK <= top; block++) {
            block(end, block, asksFor("BlockNum", block), Mad.ATTR_LINEAR_FORWARDING, block);
        }
    }

    private void block(EndPort end, int block, boolean isWanted, int attribute, int modifier) {
        if (isWanted) {
            byte[] record = record(end);
            set(record, "BlockNum", block);
            offer(record, end.get(attribute, modifier), RECORD_HEAD, SMP_BYTES);
        }
    }

    private void multicast(EndPort end) {
        if (!end.isSwitch()) {
            return;
        }
        int positions = end.port().ofSwitch().portCount() / MULTICAST_GROUP_OF_PORTS + 1;
        int groups = end.port().ofSwitch().multicast().length;
        for (int block = 0; block * Mad.MLIDS_PER_BLOCK < groups; block++) {
            for (int position = 0; position < positions; position++) {
                if (asksFor("BlockNum", block) && asksFor("Position", position)) {
                    byte[] record = record(end);
                    set(record, "BlockNum", block);
                    set(record, "Position", position);
                    offer(record, end.get(Mad.ATTR_MULTICAST_FORWARDING, position << 28 | block), RECORD_HEAD, SMP_BYTES);
                }
            }
        }
    }

    private void guids(EndPort end) {
        byte[] info = end.get(Mad.ATTR_PORT_INFO, firstPort(end));
        int count = info == null ? 0 : org.legoos.mlx4.prm.PortInfo.GUID_CAP.get(MemorySegment.ofArray(info), 0);
        for (int block = 0; block * Mad.GUIDS_PER_BLOCK < count; block++) {
            block(end, block, asksFor("BlockNum", block), Mad.ATTR_GUID_INFO, block);
        }
    }

    private void pKeys(EndPort end) {
        byte[] info = end.get(Mad.ATTR_NODE_INFO, 0);
        int count = info == null ? 0 : NodeInfo.PARTITION_CAP.get(MemorySegment.ofArray(info), 0);
        for (int block = 0; block * Mad.PKEYS_PER_BLOCK < count; block++) {
            if (asksFor("BlockNum", block)) {
                byte[] record = record(end);
                set(record, "BlockNum", block);
                set(record, "PortNum", firstPort(end));
                offer(record, end.get(Mad.ATTR_PKEY_TABLE, block), RECORD_HEAD, SMP_BYTES);
            }
        }
    }

    /** A card has one table; a switch one for each pair of ports. */
    private void slToVl(EndPort end) {
        for (int in = end.isSwitch() ? 0 : firstPort(end); in <= lastPort(end); in++) {
            for (int out = end.isSwitch() ? 1 : in; out <= lastPort(end); out++) {
                if (asksFor("InputPortNum", end.isSwitch() ? in : 0) && asksFor("OutputPortNum", end.isSwitch() ? out : 0)) {
                    byte[] record = record(end);
                    set(record, "InputPortNum", end.isSwitch() ? in : 0);
                    set(record, "OutputPortNum", end.isSwitch() ? out : 0);
                    offer(record, end.get(Mad.ATTR_SL_TO_VL, end.isSwitch() ? in << 8 | out : 0), RECORD_HEAD, SL_TO_VL_BYTES);
                }
            }
        }
    }

    private void arbitration(EndPort end) {
        for (int number = Math.max(1, firstPort(end)); number <= lastPort(end); number++) {
            for (int block = 1; block <= ARBITRATION_BLOCKS; block++) {
                if (asksFor("OutputPortNum", number) && asksFor("BlockNum", block)) {
                    byte[] record = record(end);
                    set(record, "OutputPortNum", number);
                    set(record, "BlockNum", block);
                    offer(record, end.get(Mad.ATTR_VL_ARBITRATION, block << 16 | number), RECORD_HEAD, SMP_BYTES);
                }
            }
        }
    }
}
