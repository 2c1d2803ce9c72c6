package org.legoos.mlx4.prm.mad;

import java.util.ArrayList;
import java.util.List;

/** One kind of record: its components in the order of the bits of the component mask. */
public final class RecordLayout {
    private final String name;
    private final int attributeId;
    private final List<Component> components = new ArrayList<>();
    private int sizeBits;

    private RecordLayout(String name, int attributeId) {
        this.name = name;
        this.attributeId = attributeId;
    }

    static RecordLayout of(String name, int attributeId) {
        return new RecordLayout(name, attributeId);
    }

    /** The next component; it follows the one before. */
    RecordLayout then(String component, int widthBits) {
        components.add(new Component(component, components.size(), sizeBits, widthBits));
        sizeBits += widthBits;
        return this;
    }

    /** The same kind of component several times. */
    RecordLayout times(int count, String component, int widthBits) {
        for (int i = 0; i < count; i++) {
            then(component + i, widthBits);
        }
        return this;
    }

    /** Bits that no component mask speaks of. */
    RecordLayout gap(int widthBits) {
        sizeBits += widthBits;
        return this;
    }

    public String name() {
        return name;
    }

    public int attributeId() {
        return attributeId;
    }

    public int sizeBytes() {
        return sizeBits / Byte.SIZE;
    }

    /** Distance of two records in a table, in units of eight bytes (the header's AttributeOffset). */
    public int attributeOffset() {
        return (sizeBytes() + Long.BYTES - 1) / Long.BYTES;
    }

    public List<Component> components() {
        return List.copyOf(components);
    }

    public Component component(String wanted) {
        for (Component each : components) {
            if (each.name().equals(wanted)) {
                return each;
            }
        }
        throw new IllegalArgumentException(name + " has no component " + wanted);
    }

    /** Bits of the mask that mean something. */
    public long knownMask() {
        return components.size() >= Long.SIZE ? -1L : (1L << components.size()) - 1;
    }

    /** Is every component that the mask names in {@code record} as in the query? */
    public boolean matches(byte[] query, int at, long componentMask, byte[] record) {
        for (Component each : components) {
            if (each.isIn(componentMask) && !each.isSame(query, at, record, 0)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return name;
    }
}
