package org.legoos.mlx4.prm;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every structure: fields lie inside it and, unless they are known views of each other, do not overlap. */
class LayoutTest {
    private record Span(String name, int firstBit, int lastBit) {
        boolean overlaps(Span other) {
            return firstBit <= other.lastBit && other.firstBit <= lastBit;
        }
    }

    /** Alternatives in one place, and whole-word views. */
    private static final Set<String> VIEWS = Set.of(
            "MptEntry.FLAGS_WORD",
            "CtrlSegment.OWNER_OPCODE_WORD",
            "DataSegment.COUNT_WORD",
            "CqEntry.VENDOR_SYNDROME",
            "CqEntry.SYNDROME",
            "CqEntry.P_KEY_INDEX",
            "EqEntry.CQ_SYNDROME",
            "EqEntry.CMD_TOKEN",
            "EqEntry.CMD_STATUS",
            "InitHca.CORE_CLOCK_MHZ",
            "PortChangeEvent.TABLE_BLOCK",
            "PortChangeEvent.TABLE_ENTRIES",
            "QpContext.OPT_PARAMS");

    static Stream<Class<?>> structures() {
        return Stream.of(
                Hcr.class,
                QueryFw.class,
                DevCap.class,
                QueryAdapter.class,
                QueryPort.class,
                SetPort.class,
                InitHca.class,
                VirtToPhys.class,
                ModStatCfg.class,
                Mad.class,
                NodeInfo.class,
                PortInfo.class,
                DiagRprt.class,
                MptEntry.class,
                EqContext.class,
                CqContext.class,
                SrqContext.class,
                QpContext.class,
                AddressPath.class,
                AddressVector.class,
                EqEntry.class,
                PortChangeEvent.class,
                CqEntry.class,
                CtrlSegment.class,
                MlxCtrlSegment.class,
                DatagramSegment.class,
                RemoteAddrSegment.class,
                DataSegment.class,
                FastRegSegment.class,
                BindSegment.class,
                LocalInvalSegment.class,
                SrqNextSegment.class);
    }

    @ParameterizedTest
    @MethodSource("structures")
    void fieldsLieInTheStructureAndApart(Class<?> structure) throws IllegalAccessException {
        int sizeBytes = sizeBytes(structure);
        List<Span> spans = spans(structure);
        assertThat(spans).isNotEmpty();
        for (Span span : spans) {
            assertThat(span.lastBit).as(span.name).isLessThan(sizeBytes * 8);
        }
        for (int i = 0; i < spans.size(); i++) {
            for (int j = i + 1; j < spans.size(); j++) {
                Span a = spans.get(i);
                Span b = spans.get(j);
                boolean areViews = VIEWS.contains(a.name) || VIEWS.contains(b.name);
                assertThat(!areViews && a.overlaps(b)).as("%s over %s", a, b).isFalse();
            }
        }
    }

    private static int sizeBytes(Class<?> structure) throws IllegalAccessException {
        try {
            return structure.getField("SIZE_BYTES").getInt(null);
        } catch (NoSuchFieldException e) {
            throw new AssertionError(structure + " has no SIZE_BYTES", e);
        }
    }

    /** Bits counted from the first byte's top bit. */
    private static List<Span> spans(Class<?> structure) throws IllegalAccessException {
        List<Span> spans = new ArrayList<>();
        for (var member : structure.getDeclaredFields()) {
            if (!Modifier.isStatic(member.getModifiers())) {
                continue;
            }
            String name = structure.getSimpleName() + "." + member.getName();
            switch (member.get(null)) {
                case Field f -> spans.add(span(name, f.byteOffset() * 8 + 31, f.bitHigh(), f.bitLow()));
                case LongField f -> spans.add(span(name, f.byteOffset() * 8 + 63, f.bitHigh(), f.bitLow()));
                default -> { }
            }
        }
        return spans;
    }

    private static Span span(String name, int lastBitOfWord, int high, int low) {
        return new Span(name, lastBitOfWord - high, lastBitOfWord - low);
    }
}
