package org.legoos.emulator.conformance;

import java.util.Set;
import org.legoos.emulator.cluster.Topology;

/** The tests that concern files, with the files on a storage node: natively, in memory and there the results are the same. */
class StorageConformanceTest extends ConformanceTest {
    private static final Set<String> OF_FILES = Set.of("file", "mapfile", "exec");

    @Override
    String topology() {
        return Topology.WITH_STORAGE;
    }

    @Override
    boolean isChosen(TestCase test) {
        return OF_FILES.contains(test.testClass());
    }
}
