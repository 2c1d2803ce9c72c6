package org.legoos.emulator.fuzz;

/**
 * A seeded attack on one part of the system. A new one is added to {@link Fuzzers#ALL}; {@code lego fuzz} and
 * {@code FuzzersTest} then run it.
 */
public interface Fuzzer {
    /** One word, for the command line. */
    String name();

    /** What is attacked and what must hold, in a line. */
    String description();

    /**
     * Attacks while {@link FuzzRun#more} says so, with all randomness from {@link FuzzRun#random}, so that the seed repeats
     * it. What must hold and does not is told by {@link FuzzRun#require}; anything thrown is a finding too.
     */
    void run(FuzzRun run);
}
