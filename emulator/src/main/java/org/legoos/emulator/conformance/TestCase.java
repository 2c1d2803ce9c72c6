package org.legoos.emulator.conformance;

/**
 * One conformance test: {@code usr/tests/CLASS/NAME.c}.
 *
 * @param knownFailing why it is known to fail in the guest, or empty
 */
public record TestCase(String testClass, String name, String knownFailing) {
    public String id() {
        return testClass + "/" + name;
    }

    public boolean isKnownFailing() {
        return !knownFailing.isEmpty();
    }
}
