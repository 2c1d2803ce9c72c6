package org.legoos.emulator.cli;

import java.util.ArrayList;
import java.util.List;
import org.legoos.emulator.cluster.Cluster;
import org.legoos.emulator.cluster.ConfigException;
import picocli.CommandLine.Option;

/** A program's environment: the cluster's default one, and what the user adds. */
final class EnvironmentArguments {
    @Option(names = {"-e", "--env"}, paramLabel = "NAME[=VALUE]", description = "set an environment variable, or pass the host's (repeatable)")
    private List<String> environment = new ArrayList<>();

    /** @param hasTerminal whether it has a terminal of its own, whose kind is then the user's */
    List<String> all(boolean hasTerminal) {
        List<String> all = new ArrayList<>(Cluster.DEFAULT_ENVIRONMENT);
        if (hasTerminal && System.getenv("TERM") != null) {
            all.replaceAll(entry -> entry.startsWith("TERM=") ? "TERM=" + System.getenv("TERM") : entry);
        }
        for (String entry : environment) {
            String name = entry.replaceFirst("(?s)=.*", "");
            if (name.isEmpty()) {
                throw new ConfigException("--env " + entry + ": expected NAME=VALUE or NAME");
            }
            all.removeIf(other -> other.startsWith(name + "="));
            if (entry.contains("=")) {
                all.add(entry);
            } else if (System.getenv(name) != null) {
                all.add(name + "=" + System.getenv(name));
            }
        }
        return all;
    }

    /** Takes over what was given elsewhere on the command line too. */
    void addAll(EnvironmentArguments more) {
        environment.addAll(more.environment);
    }
}
