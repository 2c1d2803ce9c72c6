package org.legoos.emulator.cli;

import java.io.IOException;
import org.legoos.emulator.cluster.ConfigException;
import org.legoos.emulator.control.ControlClient;
import org.legoos.emulator.control.ControlPlace;
import picocli.CommandLine.Option;

/** Which of the user's clusters that stay up is meant. */
final class NameArgument {
    @Option(names = "--name", paramLabel = "NAME", defaultValue = ControlPlace.DEFAULT_NAME,
            description = "the cluster's name (default: ${DEFAULT-VALUE})")
    private String name;

    ControlPlace place() {
        try {
            return ControlPlace.of(name);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage());
        }
    }

    /** A UserError when there is no such cluster. */
    ControlClient connect() {
        try {
            return ControlClient.connect(place());
        } catch (IOException e) {
            throw new UserError(Lego.FAILED, e.getMessage());
        }
    }
}
