package org.legoos.emulator.conformance;

/**
 * How a test ended.
 *
 * @param detail what differed, as people read it; empty for a pass
 */
public record TestResult(TestCase test, Kind kind, String detail) {
    /** The outcomes that are told apart. */
    public enum Kind {
        PASS,
        /** Fails in the guest, as the outcome list says. */
        KNOWN_FAILURE,
        FAILURE,
        /** Fails on this machine's own Linux: says nothing about the guest. */
        NATIVE_FAILURE
    }

    /** A pass of a test that the outcome list calls failing. */
    public boolean isUnexpectedPass() {
        return kind == Kind.PASS && test.isKnownFailing();
    }
}
