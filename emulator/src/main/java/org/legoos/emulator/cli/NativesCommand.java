package org.legoos.emulator.cli;

import java.util.concurrent.Callable;
import org.legoos.isa.unicorn.UnicornEngine;
import picocli.CommandLine.Command;

/** {@code lego natives}: finds or fetches the native libraries, tests the CPU engine and says what was found. */
@Command(name = "natives", description = "Find or fetch the CPU engine's libraries and test them.", mixinStandardHelpOptions = true)
final class NativesCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        UnicornEngine engine = UnicornEngine.create();
        System.out.println("CPU engine: " + engine.name() + ", self-test passed");
        System.out.println("shows as:   " + engine.model().brand() + ", flags " + String.join(" ", new java.util.TreeSet<>(engine.model().flags())));
        return 0;
    }
}
