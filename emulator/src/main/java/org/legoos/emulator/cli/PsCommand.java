package org.legoos.emulator.cli;

import java.util.concurrent.Callable;
import org.legoos.emulator.control.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lego ps}: the processes of a cluster that is up. */
@Command(name = "ps", mixinStandardHelpOptions = true,
        description = "List the processes of a cluster: state (R, S, T, Z), CPU time, and resident memory as VmRSS counts it.")
final class PsCommand implements Callable<Integer> {
    @Mixin
    private NameArgument name;

    @Option(names = "--json", description = "print JSON instead of a table")
    private boolean json;

    @Override
    public Integer call() throws java.io.IOException {
        try (ControlClient client = name.connect()) {
            client.list(json);
            return Answers.print(client);
        }
    }
}
