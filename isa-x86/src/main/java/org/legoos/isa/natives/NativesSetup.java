package org.legoos.isa.natives;

import org.legoos.isa.capstone.Disassembler;
import org.legoos.isa.unicorn.UnicornEngine;

/** Command "natives": finds or fetches the native libraries, tests the engine, and says what will be used. */
public final class NativesSetup {
    private NativesSetup() {}

    public static void main(String[] arguments) {
        try {
            System.out.println("CPU engine: " + UnicornEngine.create().name());
            System.out.println("disassembler: " + Disassembler.describe());
        } catch (UnsatisfiedLinkError | IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
