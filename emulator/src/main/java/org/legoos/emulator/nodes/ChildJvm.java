package org.legoos.emulator.nodes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.legoos.emulator.cli.Lego;

/** The same program in another JVM on this host: same JDK, same class path, same limits. */
public final class ChildJvm {
    private ChildJvm() {}

    /** A process yet to be started, of {@code lego ARGUMENT...}. */
    public static ProcessBuilder lego(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-Xms32m", "-Xmx512m", "-Xss512k", "-XX:-UsePerfData", "--enable-native-access=ALL-UNNAMED",
                "-Xlog:disable", "-Xlog:all=error:stderr"));
        for (String property : List.of("legoos.home", "legoos.natives")) {
            if (System.getProperty(property) != null) {
                command.add("-D" + property + "=" + System.getProperty(property));
            }
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Lego.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    /** Starts it with stdin and stdout ours and stderr passed on. */
    public static Process start(List<String> arguments) throws IOException {
        return lego(arguments).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
