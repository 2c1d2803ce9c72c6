package org.legoos.emulator.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.legoos.emulator.control.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code lego down}: ends a cluster that is up. */
@Command(name = "down", mixinStandardHelpOptions = true,
        description = "End a cluster: its programs are killed, what they wrote is on the host, its name is free again.")
final class DownCommand implements Callable<Integer> {
    @Mixin
    private NameArgument name;

    @Override
    public Integer call() throws IOException {
        try (ControlClient client = name.connect()) {
            client.down();
        }
        return 0;
    }
}
